using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Tests.Unit.Imaging;
using Xunit.Abstractions;

namespace ClassifierFunctions.Tests.Unit.ShippedModel;

/// <summary>The model in the box, on photos that its training never saw, with faults made by code of this test's own.</summary>
public sealed class PhotoQualityTests(ITestOutputHelper output)
{
    // The scale that the model card gives severities at.
    private const int ShortestEdge = 320;
    private const int Bins = 15;

    private static readonly string Folder = Path.Combine(Repository.Root, "models", "photo-quality");

    private static readonly string[] Labels = ["good", "blurred", "dark", "overexposed", "noisy"];

    // Times what is moderate: Gaussian sigma 2.5, -2.5 stops, +2 stops, sigma 30 of 255.
    private static readonly double[] Strong = [1, 1.25, 1.6];
    private static readonly double[] Weak = [0.35];

    [Fact]
    public void Folder_AsShipped_IsWhatItsCardSays()
    {
        var model = ModelFolder.Read("photo-quality", "1", Folder);

        Assert.Equal(Labels, model.Labels);
        Assert.Equal((3, 224, 224), (model.Input.Channels, model.Input.Width, model.Input.Height));
        Assert.InRange(model.Bytes, 1, 2_000_000);
        Assert.Null(model.Assumption);
        var card = File.ReadAllText(Path.Combine(Folder, "README.md"));
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "training.json")));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"**accuracy {record.RootElement.GetProperty("accuracy").GetDouble():0.0 %}**"), card, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{model.Parameters:N0} parameters, {model.Bytes / 1000:N0} KB"), card, StringComparison.Ordinal);
        foreach (var plot in Directory.GetFiles(Path.Combine(Folder, "plots")))
            Assert.Contains($"(plots/{Path.GetFileName(plot)})", card, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_Split_LeavesNoPhotoOnTwoSides()
    {
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "training.json")));
        var parts = ((string[])["trainingPhotos", "validationPhotos", "testPhotos"]).Select(part => Names(record, part)).ToArray();

        Assert.Equal(parts.Sum(part => part.Length), parts.SelectMany(part => part).Distinct().Count());
        Assert.All(parts, part => Assert.NotEmpty(part));
    }

    [Fact]
    public async Task Run_UnseenPhotos_TellsFaultsAndIsCalibrated()
    {
        var model = ModelFolder.Read("photo-quality", "1", Folder);
        var session = await Sessions.NewAsync(model);
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "training.json")));
        var answers = Names(record, "testPhotos").AsParallel().SelectMany(name => Pictures(name).Select(picture => (picture.Truth, Scores: Ask(session, model, picture.Image)))).ToArray();

        var confusion = answers.GroupBy(answer => (answer.Truth, Predicted(answer.Scores))).ToDictionary(group => group.Key, group => group.Count());
        foreach (var truth in Enumerable.Range(0, Labels.Length))
            output.WriteLine($"{Labels[truth],-12}{string.Concat(Enumerable.Range(0, Labels.Length).Select(p => $"{confusion.GetValueOrDefault((truth, p)),5}"))}");
        var accuracy = answers.Average(answer => Predicted(answer.Scores) == answer.Truth ? 1.0 : 0);
        var calibration = answers.GroupBy(answer => Math.Min(Bins - 1, (int)(answer.Scores.Max() * Bins)))
            .Sum(bin => Math.Abs(bin.Sum(answer => answer.Scores.Max() - (Predicted(answer.Scores) == answer.Truth ? 1.0 : 0)))) / answers.Length;
        output.WriteLine($"accuracy {accuracy:0.000}, expected calibration error {calibration:0.000}, {answers.Length} pictures");

        Assert.True(accuracy >= 0.92, $"accuracy {accuracy:0.000}");
        Assert.All(answers.GroupBy(answer => answer.Truth), kind => Assert.True(
            kind.Average(answer => Predicted(answer.Scores) == kind.Key ? 1.0 : 0) >= 0.85, $"too many of {Labels[kind.Key]} are not told"));
        Assert.True(calibration <= 0.05, $"expected calibration error {calibration:0.000}");
    }

    private static int Predicted(float[] scores) => Array.IndexOf(scores, scores.Max());

    private static string[] Names(JsonDocument record, string part)
        => [.. record.RootElement.GetProperty(part).EnumerateArray().Select(name => name.GetString()!)];

    private static IEnumerable<(int Truth, RawImage Image)> Pictures(string name)
    {
        var (rgb, width, height) = Photo(name);
        var random = new Random(name.Sum(letter => letter));
        yield return (0, Image(rgb));
        foreach (var severity in Weak.Concat(Strong))
        {
            var bad = severity >= 1;
            yield return (bad ? 1 : 0, Image(Degraded.Blurred(rgb, width, height, 2.5 * severity)));
            if (bad)
                yield return (1, Image(Degraded.Moved(rgb, width, height, OddPixels(severity), across: random.Next(2) == 0)));
            yield return (bad ? 2 : 0, Image(Degraded.Exposed(rgb, -2.5 * severity)));
            yield return (bad ? 3 : 0, Image(Degraded.Exposed(rgb, 2 * severity)));
            yield return (bad ? 4 : 0, Image(Degraded.Noisy(rgb, 30 * severity, random)));
        }

        RawImage Image(byte[] pixels) => new(width, height, pixels);
    }

    // A line of l pixels has a deviation of l / sqrt(12).
    private static int OddPixels(double severity) => (2 * (int)Math.Round(2.5 * Math.Sqrt(12) * severity / 2)) + 1;

    private static (byte[] Rgb, int Width, int Height) Photo(string name)
    {
        var path = ((string[])["photos", "photos-plain"]).Select(folder => TestData.Path(folder, name)).First(File.Exists);
        using var image = Decoding.Open(path);
        var scale = (double)ShortestEdge / Math.Min(image.Width, image.Height);
        var (width, height) = ((int)Math.Round(image.Width * scale), (int)Math.Round(image.Height * scale));
        var config = new PreprocessorConfig { ResizeWidth = width, ResizeHeight = height, Resample = ResampleFilter.Bicubic };
        var rgb = new byte[width * height * 3];
        new Preprocessor(config, TensorLayout.Nhwc, TensorElement.UInt8, 3).Process(image, rgb, new Stopwatch(), CancellationToken.None);
        return (rgb, width, height);
    }

    private static float[] Ask(ModelSession session, ModelVersion model, RawImage image)
    {
        using (image)
        {
            var preprocessor = session.Preprocessor;
            var tensor = new byte[preprocessor.TensorBytes];
            preprocessor.Process(image, tensor, new Stopwatch(), CancellationToken.None);
            var scores = session.Scores(tensor);
            foreach (var prediction in Predictions.From(scores, model, new PredictionOptions(scores.Length)))
                scores[prediction.Index] = (float)prediction.Score;
            return scores;
        }
    }
}
