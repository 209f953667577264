using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>tf.math.reduce_mean and its relatives, tf.math.argmax.</summary>
internal static class Reductions
{
    public static Dictionary<string, ReferenceKernel> Kernels { get; } = new()
    {
        ["Mean"] = Reduction(Enumerable.Average),
        ["Sum"] = Reduction(Enumerable.Sum),
        ["Max"] = Reduction(Enumerable.Max),
        ["Min"] = Reduction(Enumerable.Min),
        ["Prod"] = Reduction(values => values.Aggregate(1.0, (a, b) => a * b)),
        ["All"] = Reduction(Enumerable.Min),
        ["Any"] = Reduction(Enumerable.Max),
        ["ArgMax"] = (node, inputs) => [Best(node, inputs, 1)],
        ["ArgMin"] = (node, inputs) => [Best(node, inputs, -1)],
    };

    private static ReferenceKernel Reduction(Func<IEnumerable<double>, double> reduce) => (node, inputs) =>
    {
        var x = inputs[0];
        int[] axes = [.. inputs[1].Ints().Select(x.Axis)];
        int[] kept = [.. x.Dims.Select((size, axis) => axes.Contains(axis) ? 1 : size)];
        int[] reduced = [.. x.Dims.Select((size, axis) => axes.Contains(axis) ? size : 1)];
        var result = ReferenceTensor.Compute(kept, x.Type, index => reduce(x.Cut(index, reduced).Values));
        return [node.Bool("keep_dims") ? result : result.Reshape([.. x.Dims.Where((_, axis) => !axes.Contains(axis))])];
    };

    /// <summary>The index of the greatest number along an axis, which goes away.</summary>
    private static ReferenceTensor Best(NodeDef node, ReferenceTensor[] inputs, int sign)
    {
        var x = inputs[0];
        var axis = x.Axis(inputs[1].Int());
        return ReferenceTensor.Compute([.. x.Dims[..axis], .. x.Dims[(axis + 1)..]], node.Type("output_type", DataType.DtInt64), index =>
            Enumerable.Range(0, x.Dims[axis]).MaxBy(at => sign * x[[.. index[..axis], at, .. index[axis..]]]));
    }
}
