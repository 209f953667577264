using ClassifierFunctions.Models.Onnx.Outline;

namespace ClassifierFunctions.ModelTool.Inspect;

/// <summary>Types and shapes of ONNX, for people.</summary>
internal static class OnnxText
{
    // By the numbers of TensorProto.DataType of onnx.proto.
    private static readonly string[] Elements =
    [
        "undefined", "float32", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool", "float16", "float64", "uint32", "uint64",
        "complex64", "complex128", "bfloat16",
    ];

    public static string Element(int type) => type >= 0 && type < Elements.Length ? Elements[type] : $"type {type}";

    public static string Type(TypeProto? type)
        => type?.TensorType is { } tensor ? Element(tensor.ElemType)
        : type?.SequenceType is { } sequence ? $"list of {Type(sequence.ElemType)}"
        : type?.MapType is { } map ? $"map from {Element(map.KeyType)} to {Type(map.ValueType)}"
        : "unknown";

    /// <summary>"N x 3 x 224 x 224": a name, or ? where there is none, for sizes that are open; "scalar" without dimensions; empty when not known.</summary>
    public static string Shape(TensorShapeProto? shape)
        => shape is null ? ""
        : shape.Dim.Count == 0 ? "scalar"
        : string.Join(" x ", shape.Dim.Select(dim => dim.HasDimValue ? $"{dim.DimValue}" : dim.DimParam is { Length: > 0 } name ? name : "?"));
}
