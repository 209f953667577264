using ClassifierFunctions.Training.Degradations;

namespace ClassifierFunctions.Tests.Training.Degradations;

public sealed class LinearImageTests
{
    [Fact]
    public void Constructor_Channels_BecomePlanes()
    {
        var light = new LinearImage(Pictures.Plain(3, 2, 10, 118, 250));
        Assert.Equal((3, 2, 3), (light.Width, light.Height, light.Planes.Length));
        foreach (var (plane, code) in light.Planes.Zip([10, 118, 250]))
        {
            Assert.Equal(6, plane.Length);
            Assert.All(plane, value => Assert.Equal(Pictures.ToLinear(code), value, 1e-6));
        }
    }

    [Fact]
    public void ToCodes_Unchanged_GivesThePixels()
    {
        var image = Pictures.Random(7, 5, seed: 1);
        var codes = new LinearImage(image).ToCodes();
        for (var i = 0; i < codes.Length; i++)
            Assert.Equal(image.Pixels[i], codes[i], 0.01);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(-2.5)]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public void Expose_Stops_DoubleTheLightAndClip(double stops)
    {
        var image = Pictures.Random(16, 16, seed: 2);
        var light = new LinearImage(image);
        light.Expose(stops);
        for (var i = 0; i < image.Pixels.Length; i++)
            Assert.Equal(Math.Min(1, Pictures.ToLinear(image.Pixels[i]) * Math.Pow(2, stops)), light.Planes[i % 3][i / 3], 1e-5);
    }

    [Fact]
    public void Blur_OneChannel_LeavesTheOthers()
    {
        var light = new LinearImage(Pictures.Plain(9, 9, 0));
        light.Planes[1][40] = 1;
        light.Blur(PointSpread.Gaussian(1));
        Assert.All(light.Planes[0].Concat(light.Planes[2]), value => Assert.Equal(0, value));
        Assert.InRange(light.Planes[1][40], 0.1, 0.2);
        Assert.Equal(1, light.Planes[1].Sum(), 1e-5);
    }
}
