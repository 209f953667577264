using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>
/// The idiom of TensorFlow 1 for dilated convolutions (python/ops/nn_ops.py, with_space_to_batch): SpaceToBatchND puts the pixels of each phase of
/// the dilation into an image of its own, a convolution without padding runs on them, BatchToSpaceND puts them together and crops. That is one
/// dilated convolution, padded before and cropped after. What else stands there gets the images as TensorFlow has them (<see cref="BatchBlocks"/>).
/// </summary>
internal static class Dilation
{
    /// <summary>Whether the operation may stand within the idiom, and looks at <see cref="Operand.Computed.Split"/>.</summary>
    public static bool Takes(string operation) => operation is "Conv2D" or "DepthwiseConv2dNative" or "BatchToSpaceND";

    /// <summary>SpaceToBatchND: remembers what it does; mostly a convolution follows.</summary>
    public static IReadOnlyList<Operand> Begin(NodeContext context)
    {
        var (block, pads) = (context.Longs(1), context.Longs(2));
        if (context.Input(0) is not Operand.Computed image || image.Dims.Count != 4 || block.Length != 2 || pads.Length != 4 || pads.Any(pad => pad < 0))
            throw new UnsupportedException("works on something else than height and width of images");
        if (block.Any(size => size is < 1 or > 1 << 20))
            throw new UnsupportedException($"has blocks of {Describe.Shape(block)}");
        return [image with { Split = new(image, (block[0], block[1]), (pads[0], pads[1]), (pads[2], pads[3])) }];
    }

    /// <summary>BatchToSpaceND: where the convolution is done, what is left is to crop.</summary>
    public static IReadOnlyList<Operand> Convert(NodeContext context)
    {
        var (block, crops) = (context.Longs(1), context.Longs(2));
        if (context.Input(0) is not Operand.Computed { Dims.Count: 4 } image
            || block is not [>= 1 and <= 1 << 20 and var height, >= 1 and <= 1 << 20 and var width] || crops.Length != 4 || crops.Any(crop => crop < 0))
        {
            throw new UnsupportedException("works on something else than height and width of images");
        }

        var whole = image.Split is { } split && split.Block == (height, width) && !split.IsUntouched(image)
            ? image with { Split = null }
            : BatchBlocks.Together(context, BatchBlocks.Apart(context, image), (height, width));
        if (crops.All(crop => crop == 0))
            return [whole];
        // [N, C, H, W]: the ends of an image are as far as its size.
        var from = whole.Value;
        var axes = whole.Layout == Layout.ChannelsFirst ? new long[] { 2, 3 } : [1, 2];
        var (rows, columns) = (from.Dims[(int)axes[0]].Factor, from.Dims[(int)axes[1]].Factor);
        var (lastRow, lastColumn) = (rows - crops[1], columns - crops[3]);
        if (lastRow <= crops[0] || lastColumn <= crops[2])
            throw new UnsupportedException($"crops all of an image of {rows} x {columns}");
        Dim[] dims = [.. from.Dims];
        (dims[axes[0]], dims[axes[1]]) = (lastRow - crops[0], lastColumn - crops[2]);
        var value = context.Add(
            "Slice", from.Type, dims,
            [from, Numbers(crops[0], crops[2]), Numbers(lastRow, lastColumn), Numbers(axes)]);
        return [context.Result(value, whole.Layout)];

        GraphValue Numbers(params ReadOnlySpan<long> numbers) => ComputeGraph.Constant($"{context.Name}/crop", numbers);
    }
}
