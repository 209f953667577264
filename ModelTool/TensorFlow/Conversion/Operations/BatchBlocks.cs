using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>
/// Images in phases, as SpaceToBatchND makes them and BatchToSpaceND takes them (tensorflow/tensorflow, core/ops/array_ops.cc): a pixel's place within
/// its block is the high digits of the image's number.
/// </summary>
internal static class BatchBlocks
{
    /// <summary>The images of <see cref="Operand.Computed.Split"/>; the operand itself when there are none.</summary>
    public static Operand.Computed Apart(NodeContext context, Operand.Computed operand)
    {
        if (operand.Split is not { } split)
            return operand;
        if (operand.Apart is null)
        {
            var whole = context.ChannelsFirst(operand);
            if (split.IsUntouched(operand))
                whole = Padded(context, whole, split);
            var ((blockHeight, blockWidth), (height, width)) = (split.Block, (whole.Dims[2].Factor, whole.Dims[3].Factor));
            if (height % blockHeight != 0 || width % blockWidth != 0)
                throw new UnsupportedException($"has blocks of {blockHeight} x {blockWidth} on an image of {height} x {width}");
            Dim[] phases = [whole.Dims[0], whole.Dims[1], height / blockHeight, blockHeight, width / blockWidth, blockWidth];
            operand.Apart = Rearranged(
                context, whole, phases, [3, 5, 0, 1, 2, 4], [whole.Dims[0] * blockHeight * blockWidth, whole.Dims[1], height / blockHeight, width / blockWidth]);
        }

        return operand.Apart;
    }

    /// <summary>The other way round.</summary>
    public static Operand.Computed Together(NodeContext context, Operand.Computed blocks, (long Height, long Width) block)
    {
        var value = context.ChannelsFirst(blocks);
        var (channels, height, width) = (value.Dims[1], value.Dims[2].Factor, value.Dims[3].Factor);
        var images = value.Dims[0].DividedBy(block.Height * block.Width)
            ?? throw new UnsupportedException($"has blocks of {block.Height} x {block.Width} of {value.Dims[0]} images");
        return Rearranged(
            context, value, [block.Height, block.Width, images, channels, height, width], [2, 3, 4, 0, 5, 1],
            [images, channels, height * block.Height, width * block.Width]);
    }

    private static GraphValue Padded(NodeContext context, GraphValue whole, SplitImage split)
    {
        var (height, width) = (split.Height, split.Width);
        if ((height, width) == default)
            return whole;
        Dim[] dims = [whole.Dims[0], whole.Dims[1], whole.Dims[2] + (height.Before + height.After), whole.Dims[3] + (width.Before + width.After)];
        var borders = ComputeGraph.Constant($"{context.Name}/pads", 0, 0, height.Before, width.Before, 0, 0, height.After, width.After);
        return context.Add("Pad", whole.Type, dims, [whole, borders, ComputeGraph.Constant($"{context.Name}/zero", -0f)], ("mode", "constant"));
    }

    private static Operand.Computed Rearranged(NodeContext context, GraphValue value, Dim[] parts, int[] order, Dim[] joined)
    {
        var split = context.Reshape(value, parts);
        var moved = context.Add("Transpose", split.Type, [.. order.Select(axis => parts[axis])], [split], ("perm", order.Select(axis => (long)axis).ToArray()));
        return context.Result(context.Reshape(moved, joined), Layout.ChannelsFirst);
    }
}
