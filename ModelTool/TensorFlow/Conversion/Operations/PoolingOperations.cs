namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>Pooling (tensorflow/tensorflow, core/ops/nn_ops.cc). Averages leave padding out, and maxima never see it.</summary>
internal static class PoolingOperations
{
    public static IReadOnlyList<(string Name, Operation Convert)> All { get; } =
    [
        ("MaxPool", context => [Pool(context, "MaxPool", context.Ints("ksize"), context.Ints("strides"))]),
        ("MaxPoolV2", context => [Pool(context, "MaxPool", context.Longs(1), context.Longs(2))]),
        ("MaxPoolWithArgmax", context => [Pool(context, "MaxPool", context.Ints("ksize"), context.Ints("strides"))]),
        ("AvgPool", context => [Pool(context, "AveragePool", context.Ints("ksize"), context.Ints("strides"))]),
    ];

    private static Operand.Computed Pool(NodeContext context, string @operator, IReadOnlyList<long> sizes, IReadOnlyList<long> steps)
    {
        var axes = ImageAxes.Of(context);
        var (kernel, strides) = (axes.Of(sizes, "a window of"), axes.Of(steps, "strides"));
        var padding = Padding.Of(context, axes);
        var image = context.Input(0);
        var (height, width, channels) = axes.SizeOf(image.Dims);
        var rows = Window.Of(height, kernel.Height, strides.Height, 1, padding.Name, padding.Height);
        var columns = Window.Of(width, kernel.Width, strides.Width, 1, padding.Name, padding.Width);
        var value = context.Add(
            @operator, image.Type, ImageAxes.ChannelsFirst(image.Dims[0], channels, rows.Output, columns.Output),
            [context.Image(image, axes.ChannelsLast)],
            ("kernel_shape", new[] { kernel.Height, kernel.Width }),
            ("strides", new[] { strides.Height, strides.Width }),
            ("pads", new[] { rows.Before, columns.Before, rows.After, columns.After }));
        return context.Result(value, axes.ChannelsLast);
    }
}
