namespace ClassifierFunctions.Models.Onnx;

/// <summary>A dimension of an input or output: a size, or a name (such as "batch") for one that each run sets.</summary>
internal readonly record struct OnnxDim
{
    private readonly long _size;
    private readonly string? _name;

    /// <exception cref="ArgumentOutOfRangeException">A negative size: ONNX has no -1 for "unknown".</exception>
    public OnnxDim(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        _size = size;
    }

    /// <exception cref="ArgumentException">No name.</exception>
    public OnnxDim(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _name = name;
    }

    public static implicit operator OnnxDim(long size) => new(size);

    public static implicit operator OnnxDim(string name) => new(name);

    internal TensorShapeProto.Types.Dimension ToProto() => _name is null ? new() { DimValue = _size } : new() { DimParam = _name };
}
