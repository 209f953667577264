using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>Dense layers and products of matrices (tensorflow/tensorflow, core/ops/math_ops.cc).</summary>
internal static class MatrixOperations
{
    public static IReadOnlyList<(string Name, Operation Convert)> All { get; } =
    [
        ("MatMul", MatMul),
        .. new[] { "BatchMatMul", "BatchMatMulV2", "BatchMatMulV3" }.Select(name => (name, (Operation)BatchMatMul)),
    ];

    private static Operand[] MatMul(NodeContext context)
    {
        var (left, right) = (context.Input(0), context.Input(1));
        var (transposeLeft, transposeRight) = (context.Bool("transpose_a"), context.Bool("transpose_b"));
        CheckFloats(left, right);
        if (left.Dims.Count != 2 || right.Dims.Count != 2)
            throw new UnsupportedException($"multiplies {Describe.Shape(left.Dims)} and {Describe.Shape(right.Dims)}; both must be matrices");
        var (rows, inner) = transposeLeft ? (left.Dims[1], left.Dims[0]) : (left.Dims[0], left.Dims[1]);
        var (innerToo, columns) = transposeRight ? (right.Dims[1], right.Dims[0]) : (right.Dims[0], right.Dims[1]);
        Check(inner, innerToo, left, right);
        if (left is Operand.Computed && right is not Operand.Computed)
            context.BeginLayer("dense", [rows, columns]);
        // Gemm takes weights as they are, whichever way they lie.
        var value = transposeLeft || transposeRight
            ? context.Add("Gemm", DataType.DtFloat, [rows, columns], [context.Plain(left), context.Plain(right)], ("transA", transposeLeft ? 1L : 0), ("transB", transposeRight ? 1L : 0))
            : context.Add("MatMul", DataType.DtFloat, [rows, columns], [context.Plain(left), context.Plain(right)]);
        return [context.Result(value)];
    }

    private static Operand[] BatchMatMul(NodeContext context)
    {
        CheckFloats(context.Input(0), context.Input(1));
        var (left, right) = (Matrices(context, 0, "adj_x"), Matrices(context, 1, "adj_y"));
        if (left.Dims.Count < 2 || right.Dims.Count < 2)
            throw new UnsupportedException($"multiplies {Describe.Shape(left.Dims)} and {Describe.Shape(right.Dims)}; both must be matrices");
        Check(left.Dims[^1], right.Dims[^2], context.Input(0), context.Input(1));
        // What comes before the last two dimensions is broadcast.
        var (more, fewer) = left.Dims.Count >= right.Dims.Count ? (left, right) : (right, left);
        Dim[] dims = [.. more.Dims];
        for (var axis = 3; axis <= fewer.Dims.Count; axis++)
            dims[^axis] = more.Dims[^axis] == 1 ? fewer.Dims[^axis] : more.Dims[^axis];
        (dims[^2], dims[^1]) = (left.Dims[^2], right.Dims[^1]);
        return [context.Result(context.Add("MatMul", DataType.DtFloat, dims, [left, right]))];
    }

    private static GraphValue Matrices(NodeContext context, int index, string transposed)
    {
        var value = context.Plain(context.Input(index));
        if (!context.Bool(transposed))
            return value;
        int[] order = [.. Enumerable.Range(0, value.Dims.Count - 2), value.Dims.Count - 1, value.Dims.Count - 2];
        return context.Add("Transpose", value.Type, [.. order.Select(axis => value.Dims[axis])], [value], ("perm", order.Select(axis => (long)axis).ToArray()));
    }

    private static void CheckFloats(params ReadOnlySpan<Operand.Present> operands)
    {
        foreach (var operand in operands)
        {
            if (OnnxTypes.Widened(operand.Type) != DataType.DtFloat)
                throw new UnsupportedException($"multiplies matrices of {Describe.Type(operand.Type)}");
        }
    }

    private static void Check(Dim inner, Dim other, Operand.Present left, Operand.Present right)
    {
        if (inner != other)
            throw new UnsupportedException($"multiplies {Describe.Shape(left.Dims)} and {Describe.Shape(right.Dims)}, which do not go together");
    }
}
