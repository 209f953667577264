using ClassifierFunctions.Training.Scenes;

namespace ClassifierFunctions.Tests.Training.Scenes;

public sealed class SampleSceneTests
{
    [Fact]
    public void Render_Twice_GivesTheSameBytes() =>
        Assert.Equal(SampleScene.Render(512, 384).Pixels, SampleScene.Render(512, 384).Pixels);

    [Fact]
    public void Render_SizeOfTheSample_IsSharpAndWellExposed()
    {
        var image = SampleScene.Render(1024, 768);
        Assert.InRange(PictureStatistics.Mean(image), 100, 145);
        Assert.True(PictureStatistics.Deviation(image) > 30);
        Assert.True(PictureStatistics.LaplacianVariance(image) > 150);
        Assert.True(PictureStatistics.ClippedShare(image) < 0.01);
    }
}
