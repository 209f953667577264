using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>tf.math, number by number; two tensors are broadcast as NumPy does it: axes matched from the last, those of size 1 or missing repeated.</summary>
internal static class Arithmetic
{
    public static Dictionary<string, ReferenceKernel> Kernels { get; } = new()
    {
        ["Add"] = Binary((a, b) => a + b),
        ["AddV2"] = Binary((a, b) => a + b),
        ["Sub"] = Binary((a, b) => a - b),
        ["Mul"] = Binary((a, b) => a * b),
        ["RealDiv"] = Binary((a, b) => a / b),
        // Of integers: towards zero, as in C.
        ["Div"] = (_, inputs) => [Broadcast(inputs[0].Type, inputs, inputs[0].Type == DataType.DtFloat ? (a, b) => a / b : (a, b) => Math.Truncate(a / b))],
        ["FloorDiv"] = Binary((a, b) => Math.Floor(a / b)),
        ["DivNoNan"] = Binary((a, b) => b == 0 ? 0 : a / b),
        // Of integers: with the sign of the first, as in C.
        ["Mod"] = Binary((a, b) => a - (b * Math.Truncate(a / b))),
        ["FloorMod"] = Binary((a, b) => a - (b * Math.Floor(a / b))),
        ["Maximum"] = Binary(Math.Max),
        ["Minimum"] = Binary(Math.Min),
        ["SquaredDifference"] = Binary((a, b) => (a - b) * (a - b)),
        ["Pow"] = Binary(Math.Pow),
        ["AddN"] = (_, inputs) => [inputs.Aggregate((a, b) => Broadcast(a.Type, [a, b], (x, y) => x + y))],
        ["ClipByValue"] = (_, inputs) => [Broadcast(inputs[0].Type, [Broadcast(inputs[0].Type, inputs, Math.Max), inputs[2]], Math.Min)],
        ["BiasAddV1"] = Binary((a, b) => a + b),
        ["BiasAdd"] = (node, inputs) => [DataFormat.FromNhwc(node, Broadcast(inputs[0].Type, [DataFormat.ToNhwc(node, inputs[0]), inputs[1]], (a, b) => a + b))],
        ["Greater"] = Comparison((a, b) => a > b),
        ["GreaterEqual"] = Comparison((a, b) => a >= b),
        ["Less"] = Comparison((a, b) => a < b),
        ["LessEqual"] = Comparison((a, b) => a <= b),
        ["Equal"] = Comparison((a, b) => a == b),
        ["NotEqual"] = Comparison((a, b) => a != b),
        ["LogicalAnd"] = Comparison((a, b) => a != 0 && b != 0),
        ["LogicalOr"] = Comparison((a, b) => a != 0 || b != 0),
        ["LogicalNot"] = ReferenceKernels.Unary(x => x == 0 ? 1 : 0),
        ["Neg"] = ReferenceKernels.Unary(x => -x),
        ["Abs"] = ReferenceKernels.Unary(Math.Abs),
        ["Square"] = ReferenceKernels.Unary(x => x * x),
        ["Sqrt"] = ReferenceKernels.Unary(Math.Sqrt),
        ["Rsqrt"] = ReferenceKernels.Unary(x => 1 / Math.Sqrt(x)),
        ["Exp"] = ReferenceKernels.Unary(Math.Exp),
        ["Log"] = ReferenceKernels.Unary(Math.Log),
        ["Floor"] = ReferenceKernels.Unary(Math.Floor),
        ["Ceil"] = ReferenceKernels.Unary(Math.Ceiling),
        // Halves to the even neighbour.
        ["Round"] = ReferenceKernels.Unary(x => Math.Round(x, MidpointRounding.ToEven)),
        ["Rint"] = ReferenceKernels.Unary(x => Math.Round(x, MidpointRounding.ToEven)),
        ["Reciprocal"] = ReferenceKernels.Unary(x => 1 / x),
        ["Inv"] = ReferenceKernels.Unary(x => 1 / x),
        ["Sign"] = ReferenceKernels.Unary(x => Math.Sign(x)),
        ["Erf"] = ReferenceKernels.Unary(Erf),
        ["Select"] = (_, inputs) => [Choose([LikeFirstAxis(inputs[0], inputs[1].Rank), inputs[1], inputs[2]])],
        ["SelectV2"] = (_, inputs) => [Choose(inputs)],
    };

    /// <summary>Sizes of the result of a broadcast.</summary>
    public static int[] BroadcastDims(IReadOnlyList<ReferenceTensor> inputs)
    {
        var dims = new int[inputs.Max(input => input.Rank)];
        for (var fromLast = 1; fromLast <= dims.Length; fromLast++)
        {
            int[] sizes = [.. inputs.Where(input => input.Rank >= fromLast).Select(input => input.Dims[^fromLast]).Where(size => size != 1).Distinct()];
            dims[^fromLast] = sizes is [] ? 1 : sizes.Single();
        }

        return dims;
    }

    /// <summary>The number of a tensor that a broadcast has at an index of its result.</summary>
    public static double At(ReferenceTensor tensor, int[] index)
    {
        var own = index[^tensor.Rank..];
        for (var axis = 0; axis < own.Length; axis++)
            own[axis] = tensor.Dims[axis] == 1 ? 0 : own[axis];
        return tensor[own];
    }

    private static ReferenceTensor Broadcast(DataType type, ReferenceTensor[] inputs, Func<double, double, double> value)
        => ReferenceTensor.Compute(BroadcastDims(inputs), type, index => value(At(inputs[0], index), At(inputs[1], index)));

    private static ReferenceKernel Binary(Func<double, double, double> value) => (_, inputs) => [Broadcast(inputs[0].Type, inputs, value)];

    private static ReferenceKernel Comparison(Func<double, double, bool> value)
        => (_, inputs) => [Broadcast(DataType.DtBool, inputs, (a, b) => value(a, b) ? 1 : 0)];

    /// <summary>The Maclaurin series of 2 / sqrt(pi) times the integral of exp(-t²) from 0 to x.</summary>
    private static double Erf(double x)
    {
        var (sum, term) = (0.0, x);
        for (var n = 0; n < 100; n++)
        {
            sum += term / ((2 * n) + 1);
            term *= -x * x / (n + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    private static ReferenceTensor Choose(ReferenceTensor[] inputs)
        => ReferenceTensor.Compute(BroadcastDims(inputs), inputs[1].Type, index => At(inputs[At(inputs[0], index) != 0 ? 1 : 2], index));

    /// <summary>A vector as condition chooses whole rows of the first axis.</summary>
    private static ReferenceTensor LikeFirstAxis(ReferenceTensor condition, int rank)
        => condition.Rank == 1 ? condition.Reshape([condition.Dims[0], .. Enumerable.Repeat(1, rank - 1)]) : condition;
}
