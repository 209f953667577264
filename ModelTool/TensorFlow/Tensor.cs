namespace ClassifierFunctions.ModelTool.TensorFlow;

/// <summary>Numbers of a TensorFlow graph or checkpoint.</summary>
/// <param name="Type">Their type; never DT_STRING, nor a reference.</param>
/// <param name="Dims">Sizes, row-major; none for a scalar.</param>
/// <param name="Bytes">The numbers, little-endian, with no gaps: as many bytes as type and sizes say.</param>
internal sealed record Tensor(DataType Type, IReadOnlyList<long> Dims, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Bytes per number; 0 for types that are no numbers of a fixed size.</summary>
    public static int SizeOf(DataType type) => type switch
    {
        DataType.DtUint8 or DataType.DtInt8 or DataType.DtBool or DataType.DtQint8 or DataType.DtQuint8 => 1,
        DataType.DtHalf or DataType.DtBfloat16 or DataType.DtInt16 or DataType.DtUint16 or DataType.DtQint16 or DataType.DtQuint16 => 2,
        DataType.DtFloat or DataType.DtInt32 or DataType.DtUint32 or DataType.DtQint32 => 4,
        DataType.DtDouble or DataType.DtInt64 or DataType.DtUint64 or DataType.DtComplex64 => 8,
        DataType.DtComplex128 => 16,
        _ => 0,
    };
}
