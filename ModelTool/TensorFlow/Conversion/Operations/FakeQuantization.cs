using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>
/// What quantisation-aware training puts into a graph: numbers are rounded to the steps that 8 bits (or so) have between two limits, which are
/// nudged so that zero is a step (tensorflow/tensorflow, core/kernels/fake_quant_ops_functor.h).
/// </summary>
internal static class FakeQuantization
{
    public static IReadOnlyList<Operand> Convert(NodeContext context)
    {
        var (low, high) = context.Count == 3 ? (Scalar(context, 1), Scalar(context, 2)) : (context.Float("min", -6), context.Float("max", 6));
        var bits = context.Int("num_bits", 8);
        if (bits is < 2 or > 16 || !(low < high) || low > 0 || high < 0)
            throw new UnsupportedException($"rounds to {bits} bits between {low} and {high}");
        float first = context.Bool("narrow_range") ? 1 : 0;
        float last = (1 << (int)bits) - 1;
        var step = (high - low) / (last - first);
        var zero = MathF.Floor(Math.Clamp(first - low / step, first, last) + 0.5f);
        var (from, to) = ((first - zero) * step, (last - zero) * step);

        var (value, layout) = UnaryOperations.AsItLies(context, context.Input(0));
        var clipped = Apply("Clip", value, Number(from), Number(to));
        var steps = Apply("Mul", Apply("Sub", clipped, Number(from)), Number(1 / step));
        // Halves are rounded up, where ONNX's Round takes the even number.
        var rounded = Apply("Floor", Apply("Add", steps, Number(0.5f)));
        return [context.Result(Apply("Add", Apply("Mul", rounded, Number(step)), Number(from)), layout)];

        GraphValue Apply(string @operator, params GraphValue[] inputs) => context.Add(@operator, DataType.DtFloat, value.Dims, inputs);
        GraphValue Number(float number) => ComputeGraph.Constant($"{context.Name}/{number}", number);
    }

    /// <summary>A float that is known now.</summary>
    public static float Scalar(NodeContext context, int index)
    {
        var tensor = context.Input(index) switch
        {
            Operand.Constant constant => constant.Read().Widened(),
            Operand.Computed { Value.IsConstant: true } computed => ConstantFolding.Evaluate(computed.Value),
            _ => throw new UnsupportedException("has limits that depend on the image"),
        };
        return tensor.Floats() is [var number] ? number : throw new UnsupportedException("has limits per channel");
    }
}
