using System.Runtime.InteropServices;
using ClassifierFunctions.Models.Onnx;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>What the conversion does to constants itself; all else ONNX Runtime computes.</summary>
internal static class TensorNumbers
{
    /// <summary>How many numbers.</summary>
    public static long Count(this Tensor tensor) => tensor.Dims.Aggregate(1L, (product, dim) => product * dim);

    public static ReadOnlySpan<float> Floats(this Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.Bytes.Span);

    /// <summary>The numbers as a tensor; not copied.</summary>
    public static Tensor FromFloats(float[] numbers, params IReadOnlyList<long> dims)
        => new(DataType.DtFloat, dims, FloatBytes.Of(numbers));

    /// <summary>The same with float16, bfloat16 and float64 as float32, the precision that ONNX Runtime has all operators for.</summary>
    public static Tensor Widened(this Tensor tensor)
    {
        var widen = tensor.Type switch
        {
            DataType.DtDouble => Narrow(MemoryMarshal.Cast<byte, double>(tensor.Bytes.Span)),
            DataType.DtHalf => Widen(MemoryMarshal.Cast<byte, Half>(tensor.Bytes.Span)),
            DataType.DtBfloat16 => Widen(MemoryMarshal.Cast<byte, ushort>(tensor.Bytes.Span)),
            _ => null,
        };
        return widen is null ? tensor : FromFloats(widen, tensor.Dims);
    }

    /// <summary>The scalar that all numbers of a float32 tensor are the same as; null when they are not, or there are none.</summary>
    public static float? UniformFloat(this Tensor tensor)
    {
        var numbers = tensor.Floats();
        return numbers.Length > 0 && !numbers.ContainsAnyExcept(numbers[0]) ? numbers[0] : null;
    }

    /// <summary>The integers of an int32, int64, uint8 … tensor; null when it is of another type.</summary>
    public static long[]? Integers(this Tensor tensor)
    {
        var bytes = tensor.Bytes.Span;
        return tensor.Type switch
        {
            DataType.DtInt64 => MemoryMarshal.Cast<byte, long>(bytes).ToArray(),
            DataType.DtInt32 => Widen(MemoryMarshal.Cast<byte, int>(bytes)),
            _ => null,
        };
    }

    public static Tensor Reshaped(this Tensor tensor, params IReadOnlyList<long> dims) => tensor with { Dims = dims };

    /// <summary>The tensor with its axes in another order: axis i of the result is axis <paramref name="order"/>[i] of it.</summary>
    public static Tensor Transposed(this Tensor tensor, params IReadOnlyList<int> order)
    {
        long[] dims = [.. order.Select(axis => tensor.Dims[axis])];
        // Axes of length 1 may go anywhere without a number being moved.
        var moved = order.Where(axis => tensor.Dims[axis] != 1);
        if (moved.SequenceEqual(moved.Order()))
            return tensor with { Dims = dims };
        var result = GC.AllocateUninitializedArray<byte>(tensor.Bytes.Length);
        switch (Tensor.SizeOf(tensor.Type))
        {
            case 1:
                Transpose(tensor.Bytes.Span, result.AsSpan(), tensor.Dims, order);
                break;
            case 4:
                Transpose(MemoryMarshal.Cast<byte, int>(tensor.Bytes.Span), MemoryMarshal.Cast<byte, int>(result.AsSpan()), tensor.Dims, order);
                break;
            case 8:
                Transpose(MemoryMarshal.Cast<byte, long>(tensor.Bytes.Span), MemoryMarshal.Cast<byte, long>(result.AsSpan()), tensor.Dims, order);
                break;
            case var size:
                throw new UnsupportedException($"transposes numbers of {size} bytes");
        }

        return new(tensor.Type, dims, result);
    }

    private static void Transpose<T>(ReadOnlySpan<T> from, Span<T> to, IReadOnlyList<long> dims, IReadOnlyList<int> order)
    {
        var rank = dims.Count;
        var strides = new long[rank];
        for (var (axis, stride) = (rank - 1, 1L); axis >= 0; stride *= dims[axis--])
            strides[axis] = stride;
        // Walks the result in its own order, and steps through the source by the strides of its axes.
        var index = new long[rank];
        var source = 0L;
        for (var target = 0; target < to.Length; target++)
        {
            to[target] = from[(int)source];
            for (var axis = rank - 1; axis >= 0; axis--)
            {
                var (stride, length) = (strides[order[axis]], dims[order[axis]]);
                source += stride;
                if (++index[axis] < length)
                    break;
                source -= stride * length;
                index[axis] = 0;
            }
        }
    }

    private static float[] Narrow(ReadOnlySpan<double> numbers)
    {
        var floats = new float[numbers.Length];
        for (var index = 0; index < floats.Length; index++)
            floats[index] = (float)numbers[index];
        return floats;
    }

    private static float[] Widen(ReadOnlySpan<Half> numbers)
    {
        var floats = new float[numbers.Length];
        for (var index = 0; index < floats.Length; index++)
            floats[index] = (float)numbers[index];
        return floats;
    }

    // bfloat16 is the upper half of a float32.
    private static float[] Widen(ReadOnlySpan<ushort> numbers)
    {
        var floats = new float[numbers.Length];
        for (var index = 0; index < floats.Length; index++)
            floats[index] = BitConverter.UInt32BitsToSingle((uint)numbers[index] << 16);
        return floats;
    }

    private static long[] Widen(ReadOnlySpan<int> numbers)
    {
        var longs = new long[numbers.Length];
        for (var index = 0; index < longs.Length; index++)
            longs[index] = numbers[index];
        return longs;
    }
}
