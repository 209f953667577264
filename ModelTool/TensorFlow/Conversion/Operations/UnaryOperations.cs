using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>Activations and functions of each number (tensorflow/tensorflow, core/ops/nn_ops.cc and math_ops.cc).</summary>
internal static class UnaryOperations
{
    // Of self-normalising networks, as both formats have them.
    private const float SeluAlpha = 1.67326324f;
    private const float SeluGamma = 1.05070098f;

    public static IReadOnlyList<(string Name, Operation Convert)> All { get; } =
    [
        .. new[]
        {
            ("Relu", "Relu"), ("Sigmoid", "Sigmoid"), ("Tanh", "Tanh"), ("Softplus", "Softplus"), ("Softsign", "Softsign"), ("Neg", "Neg"), ("Abs", "Abs"),
            ("Sqrt", "Sqrt"), ("Exp", "Exp"), ("Log", "Log"), ("Floor", "Floor"), ("Ceil", "Ceil"), ("Round", "Round"), ("Rint", "Round"), ("Sign", "Sign"),
            ("Reciprocal", "Reciprocal"), ("Inv", "Reciprocal"), ("Erf", "Erf"), ("LogicalNot", "Not"),
        }.Select(pair => (pair.Item1, (Operation)(context => [Apply(context, context.Input(0), pair.Item2)]))),
        ("Elu", context => [Apply(context, context.Input(0), "Elu", ("alpha", 1f))]),
        ("Selu", context => [Apply(context, context.Input(0), "Selu", ("alpha", SeluAlpha), ("gamma", SeluGamma))]),
        ("LeakyRelu", context => [Apply(context, context.Input(0), "LeakyRelu", ("alpha", context.Float("alpha", 0.2f)))]),
        ("Relu6", Relu6),
        ("Square", context => [ArithmeticOperations.Elementwise(context, "Mul", null, context.Input(0), context.Input(0))]),
        ("Rsqrt", context => [Apply(context, Apply(context, context.Input(0), "Sqrt"), "Reciprocal")]),
        ("Softmax", context => [OverLastAxis(context, "Softmax")]),
        ("LogSoftmax", context => [OverLastAxis(context, "LogSoftmax")]),
        ("Cast", Cast),
        ("ZerosLike", context => [Like(context, 0)]),
        ("OnesLike", context => [Like(context, 1)]),
        ("FakeQuantWithMinMaxVars", FakeQuantization.Convert),
        ("FakeQuantWithMinMaxArgs", FakeQuantization.Convert),
    ];

    /// <summary>One ONNX operator on one operand, in whatever layout it lies.</summary>
    public static Operand.Computed Apply(NodeContext context, Operand.Present operand, string @operator, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        var (value, layout) = AsItLies(context, operand);
        return context.Result(context.Add(@operator, value.Type, value.Dims, [value], attributes), layout);
    }

    public static (GraphValue Value, Layout Layout) AsItLies(NodeContext context, Operand.Present operand)
        => operand is Operand.Computed computed ? (computed.Value, computed.Layout) : (context.Plain(operand), Layout.Plain);

    private static Operand[] Relu6(NodeContext context)
    {
        var (value, layout) = AsItLies(context, context.Input(0));
        var limits = (Low: ComputeGraph.Constant($"{context.Name}/min", 0f), High: ComputeGraph.Constant($"{context.Name}/max", 6f));
        return [context.Result(context.Add("Clip", value.Type, value.Dims, [value, limits.Low, limits.High]), layout)];
    }

    private static Operand.Computed OverLastAxis(NodeContext context, string @operator)
    {
        var (value, layout) = AsItLies(context, context.Input(0));
        if (value.Dims.Count == 0)
            throw new UnsupportedException("works on a scalar");
        var axis = layout == Layout.ChannelsFirst ? 1 : value.Dims.Count - 1;
        return context.Result(context.Add(@operator, value.Type, value.Dims, [value], ("axis", axis)), layout);
    }

    private static Operand[] Cast(NodeContext context)
    {
        var (value, layout) = AsItLies(context, context.Input(0));
        var type = OnnxTypes.Widened(context.Type("DstT"));
        return type == value.Type
            ? [context.Result(value, layout)]
            : [context.Result(context.Add("Cast", type, value.Dims, [value], ("to", (long)OnnxTypes.Of(type))), layout)];
    }

    private static Operand.Computed Like(NodeContext context, float number)
    {
        var (value, layout) = AsItLies(context, context.Input(0));
        var shape = context.Add("Shape", DataType.DtInt64, [value.Dims.Count], [value]);
        var filled = context.Add("ConstantOfShape", DataType.DtFloat, value.Dims, [shape], ("value", OnnxTensor.Of(new[] { number }, 1)));
        return context.Result(
            value.Type == DataType.DtFloat ? filled : context.Add("Cast", value.Type, value.Dims, [filled], ("to", (long)OnnxTypes.Of(value.Type))), layout);
    }
}
