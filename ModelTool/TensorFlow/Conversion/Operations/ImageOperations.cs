using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>Images of another size (tensorflow/tensorflow, core/ops/image_ops.cc; core/util/image_resizer_state.h for where pixels lie).</summary>
internal static class ImageOperations
{
    public static IReadOnlyList<(string Name, Operation Convert)> All { get; } =
    [
        ("ResizeBilinear", context => [ResizeBilinear(context)]),
        ("ResizeNearestNeighbor", context => [ResizeNearest(context)]),
        ("SpaceToDepth", context => [SpaceToDepth(context)]),
        ("DepthToSpace", context => [DepthToSpace(context)]),
    ];

    private static Operand.Computed ResizeBilinear(NodeContext context)
    {
        var image = context.Input(0);
        var (height, width, channels) = new ImageAxes(ChannelsLast: true).SizeOf(image.Dims);
        var (toHeight, toWidth) = NewSize(context);
        var (corners, centres) = (context.Bool("align_corners"), context.Bool("half_pixel_centers"));
        var value = context.ChannelsFirst(image);
        if (value.Type != DataType.DtFloat)
            value = context.Add("Cast", DataType.DtFloat, value.Dims, [value], ("to", (long)OnnxElement.Float32));
        if ((height, width) == (toHeight, toWidth))
            return context.Result(value, Layout.ChannelsFirst);
        var dims = ImageAxes.ChannelsFirst(image.Dims[0], channels, toHeight, toWidth);
        var sizes = context.Plain(new Operand.Integers(DataType.DtInt64, [4], dims));
        return context.Result(
            context.Add(
                "Resize", DataType.DtFloat, dims, [value, null, null, sizes],
                ("mode", "linear"), ("coordinate_transformation_mode", corners ? "align_corners" : centres ? "half_pixel" : "asymmetric")),
            Layout.ChannelsFirst);
    }

    // By the numbers of the pixels: ONNX Runtime's arithmetic takes the other one where a point lies between two.
    private static Operand.Computed ResizeNearest(NodeContext context)
    {
        var image = context.Input(0);
        var (height, width, _) = new ImageAxes(ChannelsLast: true).SizeOf(image.Dims);
        var (toHeight, toWidth) = NewSize(context);
        var rows = SliceOperations.Pick(context, context.ChannelsFirst(image), 2, Nearest(context, height, toHeight));
        return context.Result(SliceOperations.Pick(context, rows, 3, Nearest(context, width, toWidth)), Layout.ChannelsFirst);
    }

    // The pixel that a point falls into, or with corners aligned the closest; in single precision, as TensorFlow computes it.
    private static long[] Nearest(NodeContext context, long from, long to)
    {
        var (corners, centres) = (context.Bool("align_corners"), context.Bool("half_pixel_centers"));
        var scale = corners && to > 1 ? (from - 1) / (float)(to - 1) : from / (float)to;
        return [.. Enumerable.Range(0, (int)to).Select(place =>
        {
            var point = centres ? (place + 0.5f) * scale : place * scale;
            return Math.Clamp((long)(corners ? MathF.Round(point, MidpointRounding.AwayFromZero) : MathF.Floor(point)), 0, from - 1);
        })];
    }

    private static (long Height, long Width) NewSize(NodeContext context)
        => context.Longs(1) is [>= 1 and <= 1 << 16 and var height, >= 1 and <= 1 << 16 and var width]
            ? (height, width)
            : throw new UnsupportedException($"resizes to {Describe.Shape(context.Longs(1))}");

    private static (Operand.Present Image, bool ChannelsLast, long Block, long Height, long Width, long Channels) Blocks(NodeContext context)
    {
        var axes = ImageAxes.Of(context);
        var (height, width, channels) = axes.SizeOf(context.Input(0).Dims);
        return context.Int("block_size") is >= 2 and <= 1 << 12 and var block
            ? (context.Input(0), axes.ChannelsLast, block, height, width, channels)
            : throw new UnsupportedException($"has blocks of {context.Int("block_size")}");
    }

    // ONNX's operator has its channels in another order than TensorFlow's.
    private static Operand.Computed SpaceToDepth(NodeContext context)
    {
        var (image, channelsLast, block, height, width, channels) = Blocks(context);
        if (height % block != 0 || width % block != 0)
            throw new UnsupportedException($"has blocks of {block} on an image of {height} x {width}");
        return channelsLast
            ? Rearranged(
                context, image, [image.Dims[0], height / block, block, width / block, block, channels], [0, 1, 3, 2, 4, 5],
                [image.Dims[0], height / block, width / block, block * block * channels])
            : Rearranged(
                context, image, [image.Dims[0], channels, height / block, block, width / block, block], [0, 3, 5, 1, 2, 4],
                [image.Dims[0], block * block * channels, height / block, width / block]);
    }

    private static Operand.Computed DepthToSpace(NodeContext context)
    {
        var (image, channelsLast, block, height, width, channels) = Blocks(context);
        if (channels % (block * block) != 0)
            throw new UnsupportedException($"has blocks of {block} on {channels} channels");
        return channelsLast
            ? Rearranged(
                context, image, [image.Dims[0], height, width, block, block, channels / block / block], [0, 1, 3, 2, 4, 5],
                [image.Dims[0], height * block, width * block, channels / block / block])
            : Rearranged(
                context, image, [image.Dims[0], block, block, channels / block / block, height, width], [0, 3, 4, 1, 5, 2],
                [image.Dims[0], channels / block / block, height * block, width * block]);
    }

    private static Operand.Computed Rearranged(NodeContext context, Operand.Present image, Dim[] split, int[] order, Dim[] joined)
    {
        var parts = context.Reshape(context.Plain(image), split);
        var moved = context.Add("Transpose", parts.Type, [.. order.Select(axis => parts.Dims[axis])], [parts], ("perm", order.Select(axis => (long)axis).ToArray()));
        return context.Result(context.Reshape(moved, joined));
    }
}
