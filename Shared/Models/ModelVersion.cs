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

    public required OutputActivation Activation { get; init; }

    /// <summary>Number of weights.</summary>
    public required long Parameters { get; init; }

    /// <summary>Size of the ONNX file and of the weight files beside it.</summary>
    public required long Bytes { get; init; }

    /// <summary>What was assumed because the folder does not say it; null when nothing was.</summary>
    public string? Assumption { get; init; }
}
