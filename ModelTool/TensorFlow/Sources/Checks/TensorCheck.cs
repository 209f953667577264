namespace ClassifierFunctions.ModelTool.TensorFlow.Sources.Checks;

/// <summary>Whether constants have as many numbers, and of the type, as they say.</summary>
internal static class TensorCheck
{
    /// <returns>What is wrong; null when nothing is, or the node is no constant.</returns>
    public static string? Fault(NodeDef node)
    {
        if (node.Op != "Const")
            return null;
        if (!node.Attr.TryGetValue("value", out var value) || value.Tensor is not { } tensor)
            return "a constant without a value";
        if (node.Attr.TryGetValue("dtype", out var type) && type.Type != tensor.Dtype)
            return $"it is {type.Type}, and its value {tensor.Dtype}";
        if (tensor.TensorShape is { } shape && (shape.UnknownRank || shape.Dim.Any(dim => dim.Size < 0)))
            return "its value has no certain shape";
        var count = tensor.TensorShape?.Dim.Aggregate((Int128)1, (product, dim) => product > long.MaxValue ? product : product * dim.Size) ?? 1;
        var listed = Listed(tensor);
        if (tensor.Dtype == DataType.DtString)
        {
            return listed == tensor.StringVal.Count && listed <= count && tensor.TensorContent.Length == 0 ? null
                : $"its value has not {count} texts";
        }

        var size = Tensor.SizeOf(tensor.Dtype);
        if (size == 0)
            return null;
        if (tensor.TensorContent.Length > 0)
        {
            return tensor.TensorContent.Length == count * size && listed == 0 ? null
                : $"its value has {tensor.TensorContent.Length} bytes, not {count * size}";
        }

        // Fewer than the shape says is a shorter form: the last number stands for the rest, and none for zeros.
        return listed == Listed(tensor, tensor.Dtype) && listed <= count ? null : $"its value has not {count} numbers of {tensor.Dtype}";
    }

    private static int Listed(TensorProto tensor)
        => tensor.FloatVal.Count + tensor.DoubleVal.Count + tensor.IntVal.Count + tensor.StringVal.Count + (tensor.ScomplexVal.Count / 2)
            + tensor.Int64Val.Count + tensor.BoolVal.Count + (tensor.DcomplexVal.Count / 2) + tensor.HalfVal.Count
            + tensor.Uint32Val.Count + tensor.Uint64Val.Count;

    private static int Listed(TensorProto tensor, DataType type) => type switch
    {
        DataType.DtFloat => tensor.FloatVal.Count,
        DataType.DtDouble => tensor.DoubleVal.Count,
        DataType.DtInt64 => tensor.Int64Val.Count,
        DataType.DtUint64 => tensor.Uint64Val.Count,
        DataType.DtUint32 => tensor.Uint32Val.Count,
        DataType.DtBool => tensor.BoolVal.Count,
        DataType.DtHalf or DataType.DtBfloat16 => tensor.HalfVal.Count,
        DataType.DtComplex64 => tensor.ScomplexVal.Count / 2,
        DataType.DtComplex128 => tensor.DcomplexVal.Count / 2,
        _ => tensor.IntVal.Count,
    };
}
