using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>Blocks of pixels to channels or to the batch, and back.</summary>
internal static class Blocks
{
    public static Dictionary<string, ReferenceKernel> Kernels { get; } = new()
    {
        ["SpaceToDepth"] = (node, inputs) => [DataFormat.FromNhwc(node, SpaceToDepth(DataFormat.ToNhwc(node, inputs[0]), node.Int("block_size")))],
        ["DepthToSpace"] = (node, inputs) => [DataFormat.FromNhwc(node, DepthToSpace(DataFormat.ToNhwc(node, inputs[0]), node.Int("block_size")))],
        ["SpaceToBatchND"] = (_, inputs) => [SpaceToBatch(inputs[0], inputs[1].Ints(), inputs[2])],
        ["BatchToSpaceND"] = (_, inputs) => [BatchToSpace(inputs[0], inputs[1].Ints(), inputs[2])],
    };

    /// <summary>A pixel's row and column within its block are the high digits of its channel.</summary>
    private static ReferenceTensor SpaceToDepth(ReferenceTensor x, int block) => ReferenceTensor.Compute(
        [x.Dims[0], x.Dims[1] / block, x.Dims[2] / block, x.Dims[3] * block * block],
        x.Type,
        at =>
        {
            var (within, channel) = Math.DivRem(at[3], x.Dims[3]);
            return x[at[0], (at[1] * block) + (within / block), (at[2] * block) + (within % block), channel];
        });

    private static ReferenceTensor DepthToSpace(ReferenceTensor x, int block)
    {
        var channels = x.Dims[3] / (block * block);
        return ReferenceTensor.Compute(
            [x.Dims[0], x.Dims[1] * block, x.Dims[2] * block, channels],
            x.Type,
            at => x[at[0], at[1] / block, at[2] / block, (((at[1] % block * block) + (at[2] % block)) * channels) + at[3]]);
    }

    /// <summary>A pixel's position within its block is the high digits of its batch index, after zeros were put around the picture.</summary>
    private static ReferenceTensor SpaceToBatch(ReferenceTensor x, int[] block, ReferenceTensor paddings)
    {
        var padded = Paddings.Constant(x, Around(x, paddings), 0);
        int[] dims = [.. padded.Dims];
        for (var i = 0; i < block.Length; i++)
            (dims[0], dims[i + 1]) = (dims[0] * block[i], dims[i + 1] / block[i]);
        return ReferenceTensor.Compute(dims, x.Type, at => padded[InSpace(at, block, x.Dims[0])]);
    }

    private static ReferenceTensor BatchToSpace(ReferenceTensor x, int[] block, ReferenceTensor crops)
    {
        int[] dims = [.. x.Dims];
        for (var i = 0; i < block.Length; i++)
            (dims[0], dims[i + 1]) = (dims[0] / block[i], dims[i + 1] * block[i]);
        var whole = ReferenceTensor.Compute(dims, x.Type, at =>
        {
            int[] from = [.. at];
            var within = 0;
            for (var i = 0; i < block.Length; i++)
                (within, from[i + 1]) = ((within * block[i]) + (at[i + 1] % block[i]), at[i + 1] / block[i]);
            from[0] += within * dims[0];
            return x[from];
        });
        var around = Around(x, crops);
        return whole.Cut(
            [.. dims.Select((_, axis) => (int)around[axis, 0])], [.. dims.Select((size, axis) => size - (int)around[axis, 0] - (int)around[axis, 1])]);
    }

    /// <summary>The index before the blocks went to the batch.</summary>
    private static int[] InSpace(int[] at, int[] block, int batch)
    {
        int[] from = [.. at];
        (var within, from[0]) = Math.DivRem(at[0], batch);
        for (var i = block.Length - 1; i >= 0; i--)
        {
            from[i + 1] = (at[i + 1] * block[i]) + (within % block[i]);
            within /= block[i];
        }

        return from;
    }

    /// <summary>Numbers of the spatial axes as numbers of all axes.</summary>
    private static ReferenceTensor Around(ReferenceTensor x, ReferenceTensor spatial)
        => new([x.Rank, 2], [0, 0, .. spatial.Values, .. Enumerable.Repeat(0.0, 2 * (x.Rank - 1 - spatial.Dims[0]))], DataType.DtInt32);
}
