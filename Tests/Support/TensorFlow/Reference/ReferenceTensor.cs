using System.Buffers.Binary;
using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>Numbers as the reference implementations compute with them.</summary>
/// <param name="Dims">Sizes; none for a scalar.</param>
/// <param name="Values">Row-major, whatever the type; false and true are 0 and 1.</param>
/// <param name="Type">TensorFlow's type of them.</param>
internal sealed record ReferenceTensor(int[] Dims, double[] Values, DataType Type = DataType.DtFloat)
{
    public int Rank => Dims.Length;

    public double this[params ReadOnlySpan<int> index] => Values[Offset(index)];

    /// <summary>A tensor whose numbers are computed one by one from their indices.</summary>
    public static ReferenceTensor Compute(int[] dims, DataType type, Func<int[], double> value)
    {
        var values = new double[SizeOf(dims)];
        var index = new int[dims.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(index);
            for (var axis = dims.Length - 1; axis >= 0 && ++index[axis] == dims[axis]; axis--)
                index[axis] = 0;
        }

        return new ReferenceTensor(dims, values, type);
    }

    public static ReferenceTensor Vector(params int[] values) => new([values.Length], [.. values.Select(value => (double)value)], DataType.DtInt32);

    public static ReferenceTensor Parse(TensorProto proto)
    {
        int[] dims = [.. proto.TensorShape?.Dim.Select(dim => (int)dim.Size) ?? []];
        double[] values = [.. proto.TensorContent.IsEmpty ? Listed(proto) : Packed(proto.Dtype, proto.TensorContent.ToByteArray())];
        // A list that is too short goes on with its last number.
        double At(int i) => values.Length == 0 ? 0 : values[Math.Min(i, values.Length - 1)];
        return new ReferenceTensor(dims, [.. Enumerable.Range(0, SizeOf(dims)).Select(At)], proto.Dtype);
    }

    public static int SizeOf(int[] dims) => dims.Aggregate(1, (a, b) => a * b);

    public int[] Ints() => [.. Values.Select(value => (int)value)];

    public int Int() => (int)Values.Single();

    /// <summary>A negative axis counts from the last.</summary>
    public int Axis(int axis) => axis < 0 ? axis + Rank : axis;

    public ReferenceTensor Reshape(params int[] dims) => this with { Dims = dims };

    public ReferenceTensor Map(Func<double, double> value) => this with { Values = [.. Values.Select(value)] };

    /// <summary>Axis i of the result is axis <paramref name="order"/>[i] of this.</summary>
    public ReferenceTensor Transpose(params int[] order) => Compute([.. order.Select(axis => Dims[axis])], Type, index =>
    {
        var from = new int[Rank];
        for (var i = 0; i < order.Length; i++)
            from[order[i]] = index[i];
        return this[from];
    });

    /// <summary>The part that starts at <paramref name="begin"/>.</summary>
    public ReferenceTensor Cut(int[] begin, int[] size) => Compute(size, Type, index => this[[.. index.Select((at, axis) => at + begin[axis])]]);

    public override string ToString() => $"{Type} [{string.Join(", ", Dims)}]";

    private int Offset(ReadOnlySpan<int> index)
    {
        var offset = 0;
        for (var axis = 0; axis < Dims.Length; axis++)
        {
            if ((uint)index[axis] >= (uint)Dims[axis])
                throw new ArgumentOutOfRangeException(nameof(index), $"{index[axis]} on axis {axis} of {this}.");
            offset = (offset * Dims[axis]) + index[axis];
        }

        return offset;
    }

    private static IEnumerable<double> Packed(DataType type, byte[] bytes)
    {
        var size = Tensor.SizeOf(type);
        return Enumerable.Range(0, bytes.Length / size).Select(i => Number(type, bytes.AsSpan(i * size)));
    }

    private static double Number(DataType type, ReadOnlySpan<byte> bytes) => type switch
    {
        DataType.DtFloat => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        DataType.DtDouble => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        DataType.DtHalf => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        DataType.DtInt32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        DataType.DtInt64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        DataType.DtUint8 or DataType.DtQuint8 or DataType.DtBool => bytes[0],
        DataType.DtQint8 => (sbyte)bytes[0],
        _ => throw new NotSupportedException(type.ToString()),
    };

    private static IEnumerable<double> Listed(TensorProto proto) => proto.Dtype switch
    {
        DataType.DtFloat => proto.FloatVal.Select(value => (double)value),
        DataType.DtDouble => proto.DoubleVal,
        DataType.DtInt32 or DataType.DtUint8 => proto.IntVal.Select(value => (double)value),
        DataType.DtInt64 => proto.Int64Val.Select(value => (double)value),
        DataType.DtBool => proto.BoolVal.Select(value => value ? 1.0 : 0),
        DataType.DtHalf => proto.HalfVal.Select(value => (double)BitConverter.UInt16BitsToHalf((ushort)value)),
        _ => throw new NotSupportedException(proto.Dtype.ToString()),
    };
}
