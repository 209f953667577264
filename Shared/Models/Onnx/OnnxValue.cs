namespace ClassifierFunctions.Models.Onnx;

/// <summary>A tensor that flows through a graph: an input, weights, or what a node makes. Its name is unique in the graph.</summary>
internal readonly record struct OnnxValue(string Name)
{
    /// <summary>In the place of an optional input that a node does without: ONNX writes it as an empty name.</summary>
    public static OnnxValue None => new("");
}
