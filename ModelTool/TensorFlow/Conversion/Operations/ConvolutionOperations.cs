using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>Convolutions (tensorflow/tensorflow, core/ops/nn_ops.cc).</summary>
internal static class ConvolutionOperations
{
    public static IReadOnlyList<(string Name, Operation Convert)> All { get; } =
    [
        ("Conv2D", context => [Convolution(context, depthwise: false)]),
        ("DepthwiseConv2dNative", context => [Convolution(context, depthwise: true)]),
        ("BatchToSpaceND", Dilation.Convert),
        ("SpaceToBatchND", Dilation.Begin),
    ];

    private static Operand.Computed Convolution(NodeContext context, bool depthwise)
    {
        var axes = ImageAxes.Of(context);
        var strides = axes.Of(context.Ints("strides"), "strides");
        var dilations = context.Ints("dilations", optional: true) is { Count: > 0 } given ? axes.Of(given, "dilations") : (1, 1);
        var padding = Padding.Of(context, axes);
        var (image, filter) = (context.Input(0), context.Input(1));
        if (image is Operand.Computed { Split: { } split } blocks)
        {
            // Of the idiom that TensorFlow 1 wrote a dilated convolution in: SpaceToBatchND, this, BatchToSpaceND.
            if (strides == (1, 1) && padding.Name == "VALID" && dilations == (1, 1))
            {
                return split.IsUntouched(blocks)
                    ? Convolve(context, axes, split.Image, filter, (1, 1), split.Block, new("EXPLICIT", split.Height, split.Width), depthwise) with { Split = split }
                    : Convolve(context, axes, blocks, filter, (1, 1), split.Block, padding, depthwise) with { Split = split };
            }

            image = BatchBlocks.Apart(context, blocks);
        }

        return Convolve(context, axes, image, filter, strides, dilations, padding, depthwise);
    }

    private static Operand.Computed Convolve(
        NodeContext context, ImageAxes axes, Operand.Present image, Operand.Present filter,
        (long Height, long Width) strides, (long Height, long Width) dilations, Padding padding, bool depthwise)
    {
        var (height, width, channels) = axes.SizeOf(image.Dims);
        if (filter.Dims.Count != 4 || filter.Dims.Any(dim => dim.Known is null or < 1))
            throw new UnsupportedException($"has a filter of {Describe.Shape(filter.Dims)}; it must have 4 dimensions");
        var (kernelHeight, kernelWidth, filterChannels, last) = (filter.Dims[0].Factor, filter.Dims[1].Factor, filter.Dims[2].Factor, filter.Dims[3].Factor);
        var (groups, outputs) = depthwise ? (channels, channels * last) : (channels / filterChannels, last);
        if (depthwise ? filterChannels != channels : channels % filterChannels != 0 || outputs % groups != 0)
            throw new UnsupportedException($"has a filter of {Describe.Shape(filter.Dims)} for {channels} channels");
        var rows = Window.Of(height, kernelHeight, strides.Height, dilations.Height, padding.Name, padding.Height);
        var columns = Window.Of(width, kernelWidth, strides.Width, dilations.Width, padding.Name, padding.Width);

        context.BeginLayer(
            Kind(kernelHeight, kernelWidth, strides, dilations, depthwise, groups), axes.Shape(image.Dims[0], rows.Output, columns.Output, outputs));
        // ONNX has filters as [outputs, inputs of the group, height, width].
        var weights = depthwise
            ? Depthwise(context, filter, outputs, kernelHeight, kernelWidth)
            : context.Reordered(filter, [3, 2, 0, 1]);
        var value = context.Add(
            "Conv", DataType.DtFloat, ImageAxes.ChannelsFirst(image.Dims[0], outputs, rows.Output, columns.Output),
            [context.Image(image, axes.ChannelsLast), weights],
            ("kernel_shape", new[] { kernelHeight, kernelWidth }),
            ("strides", new[] { strides.Height, strides.Width }),
            ("dilations", new[] { dilations.Height, dilations.Width }),
            ("pads", new[] { rows.Before, columns.Before, rows.After, columns.After }),
            ("group", groups));
        return context.Result(value, axes.ChannelsLast);
    }

    // [height, width, channels, multiplier] as [channels x multiplier, 1, height, width].
    private static GraphValue Depthwise(NodeContext context, Operand.Present filter, long outputs, long height, long width)
    {
        if (filter is Operand.Constant constant)
            return constant.Value("depthwise", tensor => tensor.Transposed(2, 3, 0, 1).Reshaped(outputs, 1, height, width));
        return context.Reshape(context.Reordered(filter, [2, 3, 0, 1]), [outputs, 1, height, width]);
    }

    private static string Kind(long height, long width, (long Height, long Width) strides, (long Height, long Width) dilations, bool depthwise, long groups)
        => (depthwise ? "depthwise conv" : "conv") + $" {height} x {width}"
            + (strides == (1, 1) ? "" : strides.Height == strides.Width ? $" / {strides.Height}" : $" / {strides.Height} x {strides.Width}")
            + (dilations == (1, 1) ? "" : $", dilation {dilations.Height}")
            + (depthwise || groups == 1 ? "" : $", {groups} groups");
}
