using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>Sums, means and extremes over axes (tensorflow/tensorflow, core/ops/math_ops.cc).</summary>
internal static class ReductionOperations
{
    // Where TensorFlow's axes of an image lie when its channels come first.
    private static readonly int[] ImageAxis = [0, 2, 3, 1];

    public static IReadOnlyList<(string Name, Operation Convert)> All { get; } =
    [
        ("Mean", context => Reduce(context, "ReduceMean")),
        ("Sum", context => Reduce(context, "ReduceSum")),
        ("Max", context => Reduce(context, "ReduceMax")),
        ("Min", context => Reduce(context, "ReduceMin")),
        ("Prod", context => Reduce(context, "ReduceProd")),
        ("ArgMax", context => ArgExtreme(context, "ArgMax")),
        ("ArgMin", context => ArgExtreme(context, "ArgMin")),
    ];

    private static Operand[] Reduce(NodeContext context, string @operator)
    {
        var operand = context.Input(0);
        int[] axes = [.. context.Longs(1).Select(axis => NodeContext.Axis(axis, operand.Dims.Count)).Distinct().Order()];
        if (axes.Length == 0)
            return [operand];
        var keep = context.Bool("keep_dims");
        if (axes[0] == 0 && operand.Dims[0].PerImage)
        {
            Dim[] left = keep ? [.. operand.Dims.Select((dim, axis) => axes.Contains(axis) ? 1 : dim)] : [.. operand.Dims.Where((_, axis) => !axes.Contains(axis))];
            if (MovingStatistics.Instead(context.Evaluator, context.Node) is { } average && Dim.Product(average.Dims) == Dim.Product(left))
                return [context.Result(context.Reshape(context.Plain(average), left))];
            context.Evaluator.AcrossImages.Add(context.Name);
        }

        var (value, layout, places) = Places(context, operand, axes, keep);
        Dim[] dims = keep
            ? [.. value.Dims.Select((dim, axis) => places.Contains(axis) ? 1 : dim)]
            : [.. value.Dims.Where((_, axis) => !places.Contains(axis))];
        var reduced = @operator == "ReduceSum"
            // The one of them that has its axes as an input in this operator set.
            ? context.Add(@operator, value.Type, dims, [value, ComputeGraph.Constant($"{context.Name}/axes", [.. places.Select(axis => (long)axis)])], ("keepdims", keep ? 1L : 0))
            : context.Add(@operator, value.Type, dims, [value], ("axes", places.Select(axis => (long)axis).ToArray()), ("keepdims", keep ? 1L : 0));
        return [context.Result(reduced, keep ? layout : Layout.Plain)];
    }

    private static Operand[] ArgExtreme(NodeContext context, string @operator)
    {
        var operand = context.Input(0);
        var axis = NodeContext.Axis(context.Long(1), operand.Dims.Count);
        var (value, _, places) = Places(context, operand, [axis], keep: false);
        Dim[] dims = [.. value.Dims.Where((_, place) => place != places[0])];
        var index = context.Add(@operator, DataType.DtInt64, dims, [value], ("axis", places[0]), ("keepdims", 0L));
        var type = context.Type("output_type", DataType.DtInt64);
        return [context.Result(type == DataType.DtInt64 ? index : context.Add("Cast", type, dims, [index], ("to", (long)OnnxTypes.Of(type))))];
    }

    // The operand as it lies, if what is left of its axes then comes in TensorFlow's order; else as TensorFlow has it.
    private static (GraphValue Value, Layout Layout, int[] Axes) Places(NodeContext context, Operand.Present operand, int[] axes, bool keep)
    {
        if (operand is Operand.Computed { Layout: Layout.ChannelsFirst } image)
        {
            int[] left = [.. Enumerable.Range(0, 4).Where(axis => !axes.Contains(axis)).Select(axis => ImageAxis[axis])];
            if (keep || left.SequenceEqual(left.Order()))
                return (image.Value, Layout.ChannelsFirst, [.. axes.Select(axis => ImageAxis[axis]).Order()]);
        }

        return (context.Plain(operand), Layout.Plain, axes);
    }
}
