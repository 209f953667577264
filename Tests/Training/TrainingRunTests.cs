using System.Text.Json;
using System.Text.RegularExpressions;
using ClassifierFunctions.Models;
using ClassifierFunctions.Training;
using ClassifierFunctions.Training.Evaluation;

namespace ClassifierFunctions.Tests.Training;

[Collection(nameof(TorchCollection))]
public sealed partial class TrainingRunTests(TinyRun run) : IClassFixture<TinyRun>
{
    [Fact]
    public void RunAsync_Photos_WritesTheFolderAndNothingElse()
    {
        Assert.Equal((0, 0), run.Codes);
        Assert.Equal(
            [
                "README.md", "config.json", "model.onnx", "plots/calibration.png", "plots/confusion.png", "plots/strength.png",
                "preprocessor_config.json", "training.json",
            ],
            Directory.EnumerateFiles(run.Model, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(run.Model, path).Replace('\\', '/')).Order(StringComparer.Ordinal));
        Assert.Equal(["bad.csv", "model", "photos"], run.Neighbours);
    }

    [Fact]
    public void RunAsync_ExistingModel_IsReplaced() => Assert.False(File.Exists(Path.Combine(run.Model, TinyRun.LeftOver)));

    [Fact]
    public void RunAsync_SameSeedAgain_GivesTheSameNetwork() => Assert.Equal(run.FirstOnnx, File.ReadAllBytes(Path.Combine(run.Model, "model.onnx")));

    [Fact]
    public void RunAsync_Folder_IsReadByTheEngine()
    {
        var model = ModelFolder.Read("model", "1", run.Model);
        Assert.Equal(ModelFormat.HuggingFace, model.Format);
        Assert.Equal(["good", "blurred", "dark", "overexposed", "noisy"], model.Labels);
        Assert.Equal(OutputActivation.Softmax, model.Activation);
    }

    [Fact]
    public void RunAsync_Plots_ArePictures()
    {
        foreach (var plot in Directory.EnumerateFiles(Path.Combine(run.Model, "plots")))
        {
            var picture = Pictures.Decode(File.ReadAllBytes(plot));
            Assert.True(picture.Width > 300 && picture.Height > 300);
            Assert.True(picture.Pixels.Distinct().Count() > 10);
            // The title, dark letters on white, where there is a font to write it with.
            Assert.Equal(PlotFont.Use(), picture.Pixels.Take(picture.Width * 3 * 24).Any(code => code < 64));
        }
    }

    [Fact]
    public void RunAsync_Card_IsFilled()
    {
        var card = File.ReadAllText(Path.Combine(run.Model, "README.md"));
        Assert.Empty(Placeholder().Matches(card).Select(match => match.Value));
        using var record = Record();
        var accuracy = record.RootElement.GetProperty("accuracy").GetDouble();
        Assert.Contains($"**accuracy {accuracy:0.0 %}**", card);
        Assert.Contains("Measured on 3 photos", card);
        Assert.Contains("3 scenes", card);
        Assert.Contains($"| {run.Natural} | dark |", card);
        Assert.DoesNotContain("damaged.jpg", card);
        foreach (Match plot in Plot().Matches(card))
            Assert.True(File.Exists(Path.Combine(run.Model, plot.Groups[1].Value)));
        Assert.Equal(3, Plot().Count(card));
    }

    [Fact]
    public void RunAsync_Record_NamesEachPhotoOnce()
    {
        using var record = Record();
        string[] Names(string part) => [.. record.RootElement.GetProperty(part).EnumerateArray().Select(name => name.GetString()!)];
        var (training, validation, test) = (Names("trainingPhotos"), Names("validationPhotos"), Names("testPhotos"));
        // One is bad by nature: 15 are left, of which a tenth and a fifth are kept apart.
        Assert.Equal((11, 1, 3), (training.Length, validation.Length, test.Length));
        string[] all = [.. training, .. validation, .. test];
        Assert.Equal(TinyRun.Photos - 1, all.Distinct().Count());
        Assert.DoesNotContain(run.Natural, all);
        Assert.Equal((1, 200, 3, 1), (Number("seed"), Number("samples"), Number("scenes"), Number("epochs")));
        Assert.InRange(record.RootElement.GetProperty("temperature").GetDouble(), 0.25, 4);
        var recalls = record.RootElement.GetProperty("recall").EnumerateObject();
        Assert.Equal(["good", "blurred", "dark", "overexposed", "noisy"], recalls.Select(entry => entry.Name));

        int Number(string name) => record.RootElement.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task Evaluate_SameModelAndPhotos_WritesTheSameCardAndRecord()
    {
        string[] files = ["README.md", "training.json", "plots/strength.png"];
        var before = files.Select(file => File.ReadAllBytes(Path.Combine(run.Model, file))).ToArray();

        Assert.Equal(0, await EvaluateCommand.Create().Parse([run.Model, run.PhotoFolder, "--naturally-bad", run.BadList]).InvokeAsync());

        Assert.Equal(before, files.Select(file => File.ReadAllBytes(Path.Combine(run.Model, file))));
    }

    [Fact]
    public async Task Evaluate_OtherPhotos_IsRefused()
        => Assert.Equal(1, await EvaluateCommand.Create().Parse([run.Model, Path.Combine(run.Model, "plots")]).InvokeAsync());

    private JsonDocument Record() => JsonDocument.Parse(File.ReadAllText(Path.Combine(run.Model, "training.json")));

    [GeneratedRegex(@"\{[A-Za-z]+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"!\[[^\]]*\]\(([^)]+)\)")]
    private static partial Regex Plot();
}
