namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>How types and shapes are written for people.</summary>
internal static class Describe
{
    /// <summary>float32 for DT_FLOAT, as TensorFlow's Python names it.</summary>
    public static string Type(DataType type) => type switch
    {
        DataType.DtFloat => "float32",
        DataType.DtDouble => "float64",
        DataType.DtHalf => "float16",
        >= (DataType)101 => $"reference to {Type(type - 100)}",
        _ => type.ToString()[2..].ToLowerInvariant(),
    };

    /// <summary>[N, 227, 227, 3].</summary>
    public static string Shape(IEnumerable<Dim> dims) => $"[{string.Join(", ", dims)}]";

    public static string Shape(IEnumerable<long> dims) => $"[{string.Join(", ", dims)}]";
}
