using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Models;

/// <summary>One version of a model, as its folder describes it. It has a session only once <see cref="Inference.ModelSession"/> made one.</summary>
public sealed record ModelVersion
{
    public required string Model { get; init; }

    /// <summary>A whole number; 1 for a model folder without versions.</summary>
    public required string Version { get; init; }

    public required ModelFormat Format { get; init; }

    /// <summary>Full path of the ONNX file.</summary>
    public required string OnnxPath { get; init; }

    /// <summary>Class names in the order of the scores.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    public required PreprocessorConfig Preprocessing { get; init; }

    public required ModelInput Input { get; init; }

    /// <summary>Name of the graph's output that holds the scores.</summary>
    public required string Output { get; init; }

    /// <summary>Of an output that is a map per image: its keys, numbers as invariant text, and the index of each one's label. Null for a tensor.</summary>
    public IReadOnlyDictionary<string, int>? MapKeys { get; init; }

    public required OutputActivation Activation { get; init; }

    /// <summary>Number of weights.</summary>
    public required long Parameters { get; init; }

    /// <summary>Size of the ONNX file and of the weight files beside it, pins not counted.</summary>
    public required long Bytes { get; init; }

    /// <summary>Estimated memory of its session, bytes: the file, or the weights as float32, in which the CPU computes, where that is more.</summary>
    public long MemoryBytes => Math.Max(Bytes, Parameters * sizeof(float));

    /// <summary>Where and when it was read; null when nobody watches the folder.</summary>
    internal VersionFolder? Folder { get; init; }

    /// <summary>What was assumed because the folder does not say it; null when nothing was.</summary>
    public string? Assumption { get; init; }
}
