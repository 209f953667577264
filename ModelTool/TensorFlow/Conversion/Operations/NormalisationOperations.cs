using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>Normalisations as inference computes them (tensorflow/tensorflow, core/ops/nn_ops.cc).</summary>
internal static class NormalisationOperations
{
    public static IReadOnlyList<(string Name, Operation Convert)> All { get; } =
    [
        .. new[] { "FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3" }.Select(name => (name, (Operation)FusedBatchNorm)),
        ("BatchNormWithGlobalNormalization", BatchNormWithGlobalNormalization),
        ("LRN", LocalResponse),
    ];

    private static Operand[] FusedBatchNorm(NodeContext context)
    {
        // Scale, offset, mean, variance.
        var statistics = (Mean: context.Input(3), Variance: context.Input(4));
        if (context.Bool("is_training", fallback: true))
            statistics = MovingStatistics.Of(context);
        return [BatchNorm(
            context, ImageAxes.Of(context), context.Float("epsilon", 1e-4f), context.Input(1), context.Input(2), statistics.Mean, statistics.Variance)];
    }

    // Of TensorFlow 0.x, and of the Inception graph of 2015: mean, variance, offset, scale.
    private static Operand[] BatchNormWithGlobalNormalization(NodeContext context)
    {
        var (offset, scale) = (context.Input(3), context.Input(4));
        if (!context.Bool("scale_after_normalization", fallback: true))
        {
            var ones = new float[scale.Dims is [{ Known: { } count }] ? count : throw new UnsupportedException("has a scale that is no vector")];
            Array.Fill(ones, 1);
            scale = new Operand.Constant(DataType.DtFloat, [ones.Length], context.Name, () => TensorNumbers.FromFloats(ones, ones.Length), []);
        }

        return [BatchNorm(context, new ImageAxes(ChannelsLast: true), context.Float("variance_epsilon", 0), scale, offset, context.Input(1), context.Input(2))];
    }

    private static Operand.Computed BatchNorm(
        NodeContext context, ImageAxes axes, float epsilon, Operand.Present scale, Operand.Present offset, Operand.Present mean, Operand.Present variance)
    {
        var image = context.Input(0);
        var (height, width, channels) = axes.SizeOf(image.Dims);
        foreach (var vector in new[] { scale, offset, mean, variance })
        {
            if (vector.Dims is not [{ Known: { } length }] || length != channels)
                throw new UnsupportedException($"has statistics of {Describe.Shape(vector.Dims)} for {channels} channels");
        }

        var value = context.Add(
            "BatchNormalization", DataType.DtFloat, ImageAxes.ChannelsFirst(image.Dims[0], channels, height, width),
            [context.Image(image, axes.ChannelsLast), context.Plain(scale), context.Plain(offset), context.Plain(mean), context.Plain(variance)],
            ("epsilon", epsilon));
        return context.Result(value, axes.ChannelsLast);
    }

    private static Operand[] LocalResponse(NodeContext context)
    {
        var image = context.Input(0);
        var axes = new ImageAxes(ChannelsLast: true);
        var (height, width, channels) = axes.SizeOf(image.Dims);
        var radius = context.Int("depth_radius", 5);
        if (radius is < 0 or > 1 << 20)
            throw new UnsupportedException($"has a depth radius of {radius}: the file is damaged");
        // TensorFlow sums over 2 r + 1 channels; ONNX divides by as many.
        var size = 2 * radius + 1;
        var value = context.Add(
            "LRN", DataType.DtFloat, ImageAxes.ChannelsFirst(image.Dims[0], channels, height, width), [context.Image(image, axes.ChannelsLast)],
            ("size", size),
            ("alpha", context.Float("alpha", 1) * size),
            ("beta", context.Float("beta", 0.5f)),
            ("bias", context.Float("bias", 1)));
        return [context.Result(value, axes.ChannelsLast)];
    }
}
