using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>tf.nn.max_pool2d and tf.nn.avg_pool2d: the greatest and the mean of the pixels under the window; padding is none of them.</summary>
internal static class Poolings
{
    public static Dictionary<string, ReferenceKernel> Kernels { get; } = new()
    {
        ["MaxPool"] = (node, inputs) => [Pool(node, inputs[0], Enumerable.Max)],
        ["MaxPoolV2"] = (node, inputs) => [Pool(WithLists(node, inputs), inputs[0], Enumerable.Max)],
        // Its second output, where the greatest were, is for training.
        ["MaxPoolWithArgmax"] = (node, inputs) => [Pool(node, inputs[0], Enumerable.Max)],
        ["AvgPool"] = (node, inputs) => [Pool(node, inputs[0], Enumerable.Average)],
    };

    private static ReferenceTensor Pool(NodeDef node, ReferenceTensor tensor, Func<IEnumerable<double>, double> reduce)
    {
        var input = DataFormat.ToNhwc(node, tensor);
        var (height, width) = Window.Of(node, input.Dims[1], input.Dims[2], DataFormat.Spatial(node, "ksize"));
        return DataFormat.FromNhwc(node, ReferenceTensor.Compute([input.Dims[0], height.Outputs, width.Outputs, input.Dims[3]], input.Type, at => reduce(
            from row in height.At(at[1], input.Dims[1])
            from column in width.At(at[2], input.Dims[2])
            select input[at[0], row.Pixel, column.Pixel, at[3]])));
    }

    /// <summary>The second version takes its lists as inputs.</summary>
    private static NodeDef WithLists(NodeDef node, ReferenceTensor[] inputs)
    {
        var version1 = node.Clone();
        version1.Attr["ksize"] = AttributeValue.List(inputs[1].Ints());
        version1.Attr["strides"] = AttributeValue.List(inputs[2].Ints());
        return version1;
    }
}
