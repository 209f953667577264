using System.Text.Json;
using System.Text.Json.Serialization;
using ClassifierFunctions.Training.Degradations;
using ClassifierFunctions.Training.Evaluation;
using ClassifierFunctions.Training.Photos;

namespace ClassifierFunctions.Training;

/// <summary>What a model was made from: <c>training.json</c> in its folder, enough to make it again and to know which photos it never saw.</summary>
internal sealed record TrainingRecord
{
    public const string File = "training.json";

    /// <summary>Makes the model again, in the folder where the run was started.</summary>
    public required string Command { get; init; }

    /// <summary>What the photos are, in words.</summary>
    public required string About { get; init; }

    public required int Seed { get; init; }

    public required int Samples { get; init; }

    public required int Scenes { get; init; }

    public required int Epochs { get; init; }

    public required int Threads { get; init; }

    public required double Temperature { get; init; }

    /// <summary>Largest difference of a score between ONNX Runtime and TorchSharp.</summary>
    public required double Parity { get; init; }

    public double Accuracy { get; init; }

    public double ExpectedCalibrationError { get; init; }

    public IReadOnlyDictionary<string, double> Recall { get; init; } = new Dictionary<string, double>();

    public required IReadOnlyList<string> TrainingPhotos { get; init; }

    public required IReadOnlyList<string> ValidationPhotos { get; init; }

    public required IReadOnlyList<string> TestPhotos { get; init; }

    public static TrainingRecord Of(TrainOptions options, PhotoSplit split, double temperature, double parity, Report report) => new TrainingRecord
    {
        Command = options.Command,
        About = options.About,
        Seed = options.Seed,
        Samples = options.Samples,
        Scenes = options.Scenes,
        Epochs = options.Epochs,
        Threads = options.Threads,
        Temperature = temperature,
        Parity = parity,
        TrainingPhotos = Names(split.Training),
        ValidationPhotos = Names(split.Validation),
        TestPhotos = Names(split.Test),
    }.With(report);

    /// <exception cref="InvalidOperationException">The file is none of this program.</exception>
    public static TrainingRecord Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(System.IO.File.ReadAllBytes(path), RecordJson.Default.TrainingRecord)
                ?? throw new InvalidOperationException($"{path} is empty.");
        }
        catch (JsonException damaged)
        {
            throw new InvalidOperationException($"{path} is not a record of this program: {damaged.Message}", damaged);
        }
    }

    /// <summary>The same with what was measured.</summary>
    public TrainingRecord With(Report report) => this with
    {
        Accuracy = report.Accuracy,
        ExpectedCalibrationError = report.CalibrationError,
        Recall = Enum.GetValues<Quality>().ToDictionary(quality => quality.ToString().ToLowerInvariant(), quality => Measures.Recall(report.Test, quality)),
    };

    public void Save(string path) => System.IO.File.WriteAllText(path, JsonSerializer.Serialize(this, RecordJson.Default.TrainingRecord) + "\n");

    private static string[] Names(IEnumerable<Original> originals) => [.. originals.Select(original => original.Name).Order(StringComparer.Ordinal)];
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TrainingRecord))]
internal sealed partial class RecordJson : JsonSerializerContext;
