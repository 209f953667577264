namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>What a graph is to be converted to.</summary>
internal sealed record ConversionRequest
{
    /// <summary>The node that the image takes the place of; null when it is to be found.</summary>
    public string? Input { get; init; }

    /// <summary>What the model is to give, in that order; empty when it is to be found.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Values of placeholders beside the image, by name.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>Pixels of an image, where the graph leaves them open.</summary>
    public (int Width, int Height)? Size { get; init; }
}
