using ClassifierFunctions.Training;
using ClassifierFunctions.Training.Scenes;

namespace ClassifierFunctions.Tests.Training.Scenes;

public sealed class SceneRendererTests
{
    private static readonly Lazy<RgbImage[]> Hundred = new(() => [.. Enumerable.Range(0, 100).Select(seed => SceneRenderer.Render(seed, 320, 240))]);

    [Fact]
    public void Render_SameSeed_GivesTheSameBytes()
    {
        for (var seed = 0; seed < 20; seed++)
            Assert.Equal(SceneRenderer.Render(seed, 240, 180).Pixels, SceneRenderer.Render(seed, 240, 180).Pixels);
    }

    [Fact]
    public void Render_DifferentSeeds_Differ()
    {
        var images = Hundred.Value;
        for (var seed = 1; seed < images.Length; seed++)
            Assert.True(PictureStatistics.Difference(images[seed - 1], images[seed]) > 20, $"Seeds {seed - 1} and {seed} look alike.");
    }

    [Fact]
    public void Render_TwoSizesOfOneShape_ShowTheSameScene()
    {
        // Over 60 seeds the median is 1.6 and the worst 9.8, of fine print; different seeds are at least 38 apart at one size.
        for (var seed = 0; seed < 20; seed++)
        {
            var (small, large) = (SceneRenderer.Render(seed, 160, 160), SceneRenderer.Render(seed, 640, 640));
            var difference = PictureStatistics.Difference(PictureStatistics.Shrink(small, 4), PictureStatistics.Shrink(large, 16));
            Assert.True(difference < 13, $"Seed {seed}: {difference:F1} code values apart.");
        }
    }

    [Fact]
    public void Render_HundredSeeds_AreWellExposed()
    {
        var means = Hundred.Value.Select(PictureStatistics.Mean).ToArray();
        Assert.All(means, mean => Assert.InRange(mean, 40, 205));
        // Mid tones but for the few night and snow scenes.
        Assert.InRange(means.Count(mean => mean is >= 70 and <= 180), 80, 99);
        Assert.True(means.Max() - means.Min() > 80, "All scenes are equally bright.");
    }

    [Fact]
    public void Render_HundredSeeds_AreNotFlat() =>
        Assert.All(Hundred.Value, image => Assert.True(PictureStatistics.Deviation(image) > 18));

    // The least of 200 is 118.
    [Fact]
    public void Render_HundredSeeds_AreSharp() =>
        Assert.All(Hundred.Value, image => Assert.True(PictureStatistics.LaplacianVariance(image) > 80));

    // The worst of 200 has 0.4 % of its channel values at an end.
    [Fact]
    public void Render_HundredSeeds_ClipLittle() =>
        Assert.All(Hundred.Value, image => Assert.True(PictureStatistics.ClippedShare(image) < 0.01));

    [Fact]
    public void KindOf_HundredSeeds_CoversEveryKind() =>
        Assert.Equal(Enum.GetValues<SceneKind>(), Enumerable.Range(0, 100).Select(SceneRenderer.KindOf).Distinct().Order());

    [Theory]
    [InlineData(160, 1200)]
    [InlineData(1600, 160)]
    [InlineData(161, 163)]
    public void Render_UnusualShape_GivesThatShape(int width, int height)
    {
        for (var seed = 0; seed < 14; seed++)
        {
            var image = SceneRenderer.Render(seed, width, height);
            Assert.Equal((width, height, width * height * 3), (image.Width, image.Height, image.Pixels.Length));
            Assert.True(PictureStatistics.Deviation(image) > 12, $"Seed {seed} is flat.");
        }
    }
}
