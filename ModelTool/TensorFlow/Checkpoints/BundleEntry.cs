namespace ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;

/// <summary>What an index says of a tensor, or of a slice of one.</summary>
/// <param name="Name">The tensor's; for messages.</param>
/// <param name="Proto">As stored. Its shape is one that a tensor can have.</param>
/// <param name="IndexOffset">Where the index says it.</param>
internal sealed record BundleEntry(string Name, BundleEntryProto Proto, long IndexOffset)
{
    public DataType Type => Proto.Dtype;

    public long[] Dims { get; } = Proto.Shape is { } shape ? [.. shape.Dim.Select(dim => dim.Size)] : [];

    public TensorRegion Whole => TensorRegion.Whole(Dims);

    /// <summary>Bytes of its elements; 0 where those are no numbers.</summary>
    public Int128 Bytes => (Int128)Whole.Count * Tensor.SizeOf(Type);

    /// <summary>Type and shape, to be read by people.</summary>
    public string Description => $"{TypeName} [{string.Join(", ", Dims)}]";

    private string TypeName => Enum.IsDefined(Type) ? Type.ToString()["Dt".Length..].ToLowerInvariant() : $"type {(int)Type}";
}
