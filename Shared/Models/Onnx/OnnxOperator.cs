namespace ClassifierFunctions.Models.Onnx;

/// <summary>What a node computes.</summary>
/// <param name="Type">The operator as ONNX spells it: Conv, Gemm.</param>
/// <param name="Name">Of the node, and with it of what it makes; null for a generated name.</param>
/// <param name="Domain">Of operators beyond ONNX's own; see <see cref="OnnxGraphBuilder.Import"/>.</param>
internal readonly record struct OnnxOperator(string Type, string? Name = null, string Domain = "")
{
    public static implicit operator OnnxOperator(string type) => new(type);
}
