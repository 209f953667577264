using ClassifierFunctions.Models;

namespace ClassifierFunctions.ModelTool.Import;

/// <summary>What goes into a model folder.</summary>
internal sealed record ModelFolderContent
{
    /// <summary>Writes the ONNX file to a path.</summary>
    public required Action<string> WriteOnnx { get; init; }

    public required ImportInput Input { get; init; }

    /// <summary>Class names in the order of the scores, all different.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Whether classes are independent of each other: logits then get a sigmoid each.</summary>
    public bool IsMultiLabel { get; init; }

    /// <summary>The text of <c>preprocessor_config.json</c>.</summary>
    public required string PreprocessorJson { get; init; }

    /// <summary>Gives the text of <c>README.md</c> for the folder as the app reads it; may check it, and throw.</summary>
    public required Func<ModelVersion, string> Card { get; init; }
}
