using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Google.Protobuf.Collections;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>Reads the numbers of a Const node (tensorflow/tensorflow, core/framework/tensor.proto).</summary>
internal static class ConstantReader
{
    /// <exception cref="UnsupportedException">Not of numbers, or numbers that do not fit their shape.</exception>
    public static Tensor Read(TensorProto proto)
    {
        var shape = proto.TensorShape ?? new();
        if (shape.UnknownRank || shape.Dim.Any(dim => dim.Size < 0))
            throw new UnsupportedException("is a constant whose shape is not known");
        long[] dims = [.. shape.Dim.Select(dim => dim.Size)];
        var size = Tensor.SizeOf(proto.Dtype);
        if (size == 0)
            throw new UnsupportedException($"is a constant of {Describe.Type(proto.Dtype)}, which is no number");
        var elements = dims.Aggregate((UInt128)1, (product, dim) => product * (ulong)dim);
        if (elements * (ulong)size > (ulong)Array.MaxLength)
            throw new UnsupportedException($"is a constant of {Describe.Shape(dims)}, which is beyond 2 GB");
        var count = (int)elements;
        if (!proto.TensorContent.IsEmpty)
        {
            return proto.TensorContent.Length == (long)count * size
                ? new(proto.Dtype, dims, proto.TensorContent.Memory)
                : throw new UnsupportedException(
                    $"is a constant with {proto.TensorContent.Length} bytes, but {Describe.Shape(dims)} of {Describe.Type(proto.Dtype)} takes {(long)count * size}: the file is damaged");
        }

        var bytes = proto.Dtype switch
        {
            DataType.DtFloat => Fill(proto.FloatVal, count),
            DataType.DtDouble => Fill(proto.DoubleVal, count),
            DataType.DtInt64 => Fill(proto.Int64Val, count),
            DataType.DtInt32 => Fill(proto.IntVal, count),
            DataType.DtBool => Fill(proto.BoolVal, count),
            DataType.DtUint8 or DataType.DtQuint8 => Fill(proto.IntVal, count, value => (byte)value),
            DataType.DtInt8 or DataType.DtQint8 => Fill(proto.IntVal, count, value => (sbyte)value),
            DataType.DtInt16 => Fill(proto.IntVal, count, value => (short)value),
            DataType.DtUint16 => Fill(proto.IntVal, count, value => (ushort)value),
            DataType.DtHalf or DataType.DtBfloat16 => Fill(proto.HalfVal, count, value => (ushort)value),
            _ => throw new UnsupportedException($"is a constant of {Describe.Type(proto.Dtype)}"),
        };
        return new(proto.Dtype, dims, bytes);
    }

    private static byte[] Fill<T>(RepeatedField<T> values, int count)
        where T : unmanaged
        => Fill(values, count, value => value);

    // Fewer values than numbers: the last one stands for all that follow; none at all means zeroes.
    private static byte[] Fill<TFrom, TTo>(RepeatedField<TFrom> values, int count, Func<TFrom, TTo> convert)
        where TTo : unmanaged
    {
        if (values.Count > count)
            throw new UnsupportedException($"is a constant with {values.Count} numbers, but its shape has room for {count}: the file is damaged");
        var result = new byte[count * Unsafe.SizeOf<TTo>()];
        var numbers = MemoryMarshal.Cast<byte, TTo>(result.AsSpan());
        for (var index = 0; index < values.Count; index++)
            numbers[index] = convert(values[index]);
        if (values.Count > 0)
            numbers[values.Count..].Fill(convert(values[^1]));
        return result;
    }
}
