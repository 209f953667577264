using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>Element-wise operations on several tensors, with broadcasting (tensorflow/tensorflow, core/ops/math_ops.cc).</summary>
internal static class ArithmeticOperations
{
    public static IReadOnlyList<(string Name, Operation Convert)> All { get; } =
    [
        .. Same("Add", "Add", "AddV2"),
        .. Same("Sub", "Sub"),
        .. Same("Mul", "Mul"),
        .. Same("Div", "RealDiv", "Div"),
        .. Same("Max", "Maximum"),
        .. Same("Min", "Minimum"),
        .. Same("Pow", "Pow"),
        .. Compare("Equal", "Equal"),
        .. Compare("Greater", "Greater"),
        .. Compare("GreaterOrEqual", "GreaterEqual"),
        .. Compare("Less", "Less"),
        .. Compare("LessOrEqual", "LessEqual"),
        .. Compare("And", "LogicalAnd"),
        .. Compare("Or", "LogicalOr"),
        ("NotEqual", context => [Not(context, Elementwise(context, "Equal", DataType.DtBool, context.AllInputs()))]),
        ("SquaredDifference", SquaredDifference),
        ("FloorDiv", FloorDiv),
        // Of known integers, for which it is not asked here.
        .. new[] { "FloorMod", "Mod" }.Select(name => (name, (Operation)(_ => throw new UnsupportedException("takes remainders of numbers that are not known before there is an image")))),
        ("DivNoNan", DivNoNan),
        ("AddN", context => [Elementwise(context, "Sum", null, context.AllInputs())]),
        ("BiasAdd", BiasAdd),
        ("BiasAddV1", BiasAdd),
        ("ClipByValue", context => [Elementwise(context, "Min", null, [Elementwise(context, "Max", null, [context.Input(0), context.Input(1)]), context.Input(2)])]),
        ("SelectV2", context => [Select(context, context.Input(0))]),
        ("Select", context => [Select(context, Aligned(context))]),
    ];

    /// <summary>One ONNX operator on operands that are brought to one layout and shape.</summary>
    /// <param name="context">The node.</param>
    /// <param name="operator">ONNX's operator.</param>
    /// <param name="type">Of the result; null for that of the operands.</param>
    /// <param name="operands">In the operator's order.</param>
    public static Operand.Computed Elementwise(NodeContext context, string @operator, DataType? type, params IReadOnlyList<Operand.Present> operands)
    {
        var joined = Broadcast.Of(context, operands);
        var types = joined.Values.Select(value => value.Type).Distinct().ToArray();
        if (types.Length != 1)
            throw new UnsupportedException($"joins {string.Join(" and ", types.Select(Describe.Type))}");
        return context.Result(context.Add(@operator, type ?? types[0], joined.Dims, [.. joined.Values]), joined.Layout);
    }

    private static IEnumerable<(string, Operation)> Same(string @operator, params string[] names)
        => names.Select(name => (name, (Operation)(context => [Elementwise(context, @operator, null, context.Input(0), context.Input(1))])));

    private static IEnumerable<(string, Operation)> Compare(string @operator, params string[] names)
        => names.Select(name => (name, (Operation)(context => [Elementwise(context, @operator, DataType.DtBool, context.Input(0), context.Input(1))])));

    private static Operand.Computed Not(NodeContext context, Operand.Computed operand)
        => context.Result(context.Add("Not", DataType.DtBool, operand.Value.Dims, [operand.Value]), operand.Layout);

    private static Operand[] SquaredDifference(NodeContext context)
    {
        var difference = Elementwise(context, "Sub", null, context.Input(0), context.Input(1));
        return [Elementwise(context, "Mul", null, difference, difference)];
    }

    private static Operand[] FloorDiv(NodeContext context)
    {
        if (OnnxTypes.Widened(context.Input(0).Type) != DataType.DtFloat)
            throw new UnsupportedException($"divides {Describe.Type(context.Input(0).Type)} and rounds down");
        var quotient = Elementwise(context, "Div", null, context.Input(0), context.Input(1));
        return [context.Result(context.Add("Floor", quotient.Type, quotient.Value.Dims, [quotient.Value]), quotient.Layout)];
    }

    // 0 where the divisor is 0.
    private static Operand[] DivNoNan(NodeContext context)
    {
        var zero = Scalar(context, 0);
        var isZero = Elementwise(context, "Equal", DataType.DtBool, context.Input(1), zero);
        var joined = Broadcast.Of(context, isZero, zero, Elementwise(context, "Div", null, context.Input(0), context.Input(1)));
        return [context.Result(context.Add("Where", DataType.DtFloat, joined.Dims, [.. joined.Values]), joined.Layout)];
    }

    private static Operand.Constant Scalar(NodeContext context, float value)
        => new(DataType.DtFloat, [], context.Name, () => TensorNumbers.FromFloats([value]), []);

    private static Operand[] BiasAdd(NodeContext context)
    {
        var (image, bias) = (context.Input(0), context.Input(1));
        if (bias.Dims.Count != 1)
            throw new UnsupportedException($"has a bias of {Describe.Shape(bias.Dims)}; it must be a vector");
        if (image.Dims.Count > 2 && !ImageAxes.Of(context).ChannelsLast)
        {
            // The channels come second.
            var shaped = context.Reshape(context.Plain(bias), [bias.Dims[0], .. Enumerable.Repeat(new Dim(1), image.Dims.Count - 2)]);
            return [Elementwise(context, "Add", null, image, context.Result(shaped))];
        }

        return [Elementwise(context, "Add", null, image, bias)];
    }

    private static Operand.Computed Select(NodeContext context, Operand.Present condition)
    {
        var joined = Broadcast.Of(context, condition, context.Input(1), context.Input(2));
        return context.Result(context.Add("Where", joined.Values[1].Type, joined.Dims, [.. joined.Values]), joined.Layout);
    }

    // Of the old Select, a vector of conditions chooses whole rows.
    private static Operand.Present Aligned(NodeContext context)
    {
        var (condition, choices) = (context.Input(0), context.Input(1));
        return condition.Dims.Count == 1 && choices.Dims.Count > 1
            ? context.Result(context.Reshape(context.Plain(condition), [condition.Dims[0], .. Enumerable.Repeat(new Dim(1), choices.Dims.Count - 1)]))
            : condition;
    }
}
