using ClassifierFunctions.Training;

namespace ClassifierFunctions.Tests.Training;

public sealed class SamplesCommandTests
{
    [Fact]
    public void Invoke_Folder_WritesASharpAndABlurredScene()
    {
        using var temporary = new TemporaryFolder();
        Assert.Equal(0, SamplesCommand.Create().Parse(["--to", temporary.File("new")]).Invoke());
        var folder = temporary.File("new");
        Assert.Equal(["harbour-blurred.jpg", "harbour.jpg"], new DirectoryInfo(folder).GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
        var sharp = Pictures.Decode(File.ReadAllBytes(Path.Combine(folder, "harbour.jpg")));
        var blurred = Pictures.Decode(File.ReadAllBytes(Path.Combine(folder, "harbour-blurred.jpg")));
        Assert.Equal((1024, 768), (sharp.Width, sharp.Height));
        Assert.True(Scenes.PictureStatistics.LaplacianVariance(sharp) > 10 * Scenes.PictureStatistics.LaplacianVariance(blurred));
        Assert.Equal(Scenes.PictureStatistics.Mean(sharp), Scenes.PictureStatistics.Mean(blurred), 6.0);
    }
}
