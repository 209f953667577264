using System.Runtime.InteropServices;
using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion;
using ClassifierFunctions.Tests.Support.TensorFlow.Reference;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

public sealed class TensorNumbersTests
{
    [Theory]
    [InlineData(new[] { 2, 3 }, new[] { 1, 0 })]
    [InlineData(new[] { 3, 5, 2, 7 }, new[] { 3, 2, 0, 1 })]
    [InlineData(new[] { 3, 5, 2, 7 }, new[] { 0, 1, 2, 3 })]
    [InlineData(new[] { 1, 5, 1, 7 }, new[] { 3, 0, 1, 2 })]
    [InlineData(new[] { 1, 1, 5, 7 }, new[] { 2, 0, 3, 1 })]
    [InlineData(new[] { 4, 1, 3 }, new[] { 1, 2, 0 })]
    [InlineData(new[] { 2, 0, 3 }, new[] { 2, 1, 0 })]
    [InlineData(new int[0], new int[0])]
    public void Transposed_AnyTypeAndOrder_IsReference(int[] dims, int[] order)
    {
        var numbers = ReferenceTensor.Compute(dims, DataType.DtInt32, index => index.Aggregate(0, (sum, at) => (sum * 7) + at)).Ints();
        var expected = new ReferenceTensor(dims, [.. numbers.Select(number => (double)number)]).Transpose(order).Ints();
        long[] transposed = [.. order.Select(axis => (long)dims[axis])];

        Check(DataType.DtInt32, [.. numbers], [.. expected]);
        Check(DataType.DtFloat, [.. numbers.Select(number => (float)number)], [.. expected.Select(number => (float)number)]);
        Check(DataType.DtInt64, [.. numbers.Select(number => (long)number)], [.. expected.Select(number => (long)number)]);
        Check(DataType.DtUint8, [.. numbers.Select(number => (byte)number)], [.. expected.Select(number => (byte)number)]);

        void Check<T>(DataType type, T[] from, T[] to)
            where T : unmanaged
        {
            var result = Of(type, from, [.. dims.Select(size => (long)size)]).Transposed(order);
            Assert.Equal(transposed, result.Dims);
            Assert.Equal(to, MemoryMarshal.Cast<byte, T>(result.Bytes.Span).ToArray());
        }
    }

    [Fact]
    public void Transposed_TwoBytesANumber_IsUnsupported()
        => Assert.Throws<UnsupportedException>(() => Of(DataType.DtHalf, [Half.One, Half.Zero, Half.One, Half.Zero], 2, 2).Transposed(1, 0));

    [Fact]
    public void Widened_Half_IsFloat() => CheckWidened(DataType.DtHalf, [(Half)1.5f, (Half)(-65504f), Half.Epsilon], [1.5f, -65504, 5.9604645e-8f]);

    // The upper halves of 1.5f, -2f and 3.140625f.
    [Fact]
    public void Widened_BFloat16_IsFloat() => CheckWidened<ushort>(DataType.DtBfloat16, [0x3FC0, 0xC000, 0x4049], [1.5f, -2, 3.140625f]);

    [Fact]
    public void Widened_Double_IsTheNearestFloat() => CheckWidened(DataType.DtDouble, [1.5, Math.PI, 1e-50], [1.5f, MathF.PI, 0]);

    [Fact]
    public void Widened_Other_IsItself()
    {
        var tensor = Of(DataType.DtInt32, [1, 2], 2);

        Assert.Same(tensor, tensor.Widened());
    }

    [Theory]
    [InlineData(new[] { 2f, 2, 2 }, 2f)]
    [InlineData(new[] { 2f }, 2f)]
    [InlineData(new[] { 2f, 2, 3 }, null)]
    [InlineData(new float[0], null)]
    public void UniformFloat_Numbers_IsTheirOne(float[] numbers, float? expected)
        => Assert.Equal(expected, TensorNumbers.FromFloats(numbers, numbers.Length).UniformFloat());

    [Fact]
    public void Integers_Types_AreThoseOfShapes()
    {
        Assert.Equal([1, -2], Of(DataType.DtInt32, [1, -2], 2).Integers()!);
        Assert.Equal([1, -2], Of(DataType.DtInt64, [1L, -2L], 2).Integers()!);
        Assert.Null(Of(DataType.DtFloat, [1f, -2f], 2).Integers());
    }

    private static Tensor Of<T>(DataType type, T[] numbers, params long[] dims)
        where T : unmanaged
        => new(type, dims, MemoryMarshal.AsBytes<T>(numbers).ToArray());

    private static void CheckWidened<T>(DataType type, T[] numbers, float[] expected)
        where T : unmanaged
    {
        var widened = Of(type, numbers, numbers.Length).Widened();

        Assert.Equal(DataType.DtFloat, widened.Type);
        Assert.Equal([numbers.Length], widened.Dims);
        Assert.Equal(expected, widened.Floats().ToArray());
    }
}
