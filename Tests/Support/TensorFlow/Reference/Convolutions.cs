using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>
/// tf.nn.conv2d: output[b, i, j, k] = sum over di, dj, q of input[b, s1 i + di, s2 j + dj, q] * filter[di, dj, q, k]; and tf.nn.depthwise_conv2d.
/// </summary>
internal static class Convolutions
{
    public static Dictionary<string, ReferenceKernel> Kernels { get; } = new()
    {
        ["Conv2D"] = (node, inputs) => [DataFormat.FromNhwc(node, Convolution(node, DataFormat.ToNhwc(node, inputs[0]), inputs[1]))],
        ["DepthwiseConv2dNative"] = (node, inputs) => [DataFormat.FromNhwc(node, Depthwise(node, DataFormat.ToNhwc(node, inputs[0]), inputs[1]))],
    };

    private static ReferenceTensor Convolution(NodeDef node, ReferenceTensor input, ReferenceTensor filter)
    {
        var (height, width) = Window.Of(node, input.Dims[1], input.Dims[2], (filter.Dims[0], filter.Dims[1]));
        // A filter of fewer channels than the input has: groups of channels, each with its own part of the filters.
        var groups = input.Dims[3] / filter.Dims[2];
        return ReferenceTensor.Compute([input.Dims[0], height.Outputs, width.Outputs, filter.Dims[3]], input.Type, at =>
        {
            var first = at[3] / (filter.Dims[3] / groups) * filter.Dims[2];
            var sum = 0.0;
            foreach (var (di, i) in height.At(at[1], input.Dims[1]))
                foreach (var (dj, j) in width.At(at[2], input.Dims[2]))
                    for (var q = 0; q < filter.Dims[2]; q++)
                        sum += input[at[0], i, j, first + q] * filter[di, dj, q, at[3]];
            return sum;
        });
    }

    /// <summary>Output channel k * multiplier + q is input channel k under filter [.., .., k, q].</summary>
    private static ReferenceTensor Depthwise(NodeDef node, ReferenceTensor input, ReferenceTensor filter)
    {
        var (height, width) = Window.Of(node, input.Dims[1], input.Dims[2], (filter.Dims[0], filter.Dims[1]));
        var multiplier = filter.Dims[3];
        return ReferenceTensor.Compute([input.Dims[0], height.Outputs, width.Outputs, input.Dims[3] * multiplier], input.Type, at =>
        {
            var sum = 0.0;
            foreach (var (di, i) in height.At(at[1], input.Dims[1]))
                foreach (var (dj, j) in width.At(at[2], input.Dims[2]))
                    sum += input[at[0], i, j, at[3] / multiplier] * filter[di, dj, at[3] / multiplier, at[3] % multiplier];
            return sum;
        });
    }
}
