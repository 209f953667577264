using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>tf.slice, tf.strided_slice, tf.gather.</summary>
internal static class Slices
{
    public static Dictionary<string, ReferenceKernel> Kernels { get; } = new()
    {
        ["Slice"] = (_, inputs) => [Slice(inputs[0], inputs[1].Ints(), inputs[2].Ints())],
        ["StridedSlice"] = (node, inputs) => [Strided(node, inputs[0], inputs[1].Ints(), inputs[2].Ints(), inputs[3].Ints())],
        ["Gather"] = (_, inputs) => [Gather(inputs[0], inputs[1], 0)],
        ["GatherV2"] = (_, inputs) => [Gather(inputs[0], inputs[1], inputs[0].Axis(inputs[2].Int()))],
    };

    /// <summary>A size of -1 is all that remains.</summary>
    private static ReferenceTensor Slice(ReferenceTensor x, int[] begin, int[] size)
        => x.Cut(begin, [.. size.Select((count, axis) => count == -1 ? x.Dims[axis] - begin[axis] : count)]);

    private static ReferenceTensor Strided(NodeDef node, ReferenceTensor x, int[] begin, int[] end, int[] strides)
    {
        bool Has(string mask, int specification) => (node.Int(mask) >> specification & 1) != 0;
        var ellipsis = Enumerable.Range(0, begin.Length).FirstOrDefault(i => Has("ellipsis_mask", i), begin.Length);
        var named = Enumerable.Range(0, begin.Length).Count(i => i != ellipsis && !(Has("new_axis_mask", i) && !Has("ellipsis_mask", i)));
        var picked = new List<int[]>();
        var dims = new List<int>();

        // All of an axis, or those of its indices that a specification names.
        void Take(int[] indices, bool kept)
        {
            picked.Add(indices);
            if (kept)
                dims.Add(indices.Length);
        }

        void TakeWhole(int count)
        {
            for (; count > 0; count--)
                Take([.. Enumerable.Range(0, x.Dims[picked.Count])], kept: true);
        }

        for (var i = 0; i < begin.Length; i++)
        {
            if (i == ellipsis)
                TakeWhole(x.Rank - named);
            else if (Has("new_axis_mask", i))
                dims.Add(1);
            else if (Has("shrink_axis_mask", i))
                Take([begin[i] < 0 ? begin[i] + x.Dims[picked.Count] : begin[i]], kept: false);
            else
                Take(Range(x.Dims[picked.Count], Has("begin_mask", i) ? null : begin[i], Has("end_mask", i) ? null : end[i], strides[i]), kept: true);
        }

        // Axes that no specification names are whole.
        TakeWhole(x.Rank - picked.Count);
        int[] taken = [.. picked.Select(indices => indices.Length)];
        return ReferenceTensor.Compute(taken, x.Type, index => x[[.. index.Select((at, axis) => picked[axis][at])]]).Reshape([.. dims]);
    }

    /// <summary>The indices of begin:end:stride as Python has them; null is an open end.</summary>
    private static int[] Range(int size, int? begin, int? end, int stride)
    {
        // A backward range runs from the last index to one before the first.
        var (low, high) = stride > 0 ? (0, size) : (-1, size - 1);
        int Bound(int? given, int open) => given is { } value ? Math.Clamp(value < 0 ? value + size : value, low, high) : open;
        var (from, to) = (Bound(begin, stride > 0 ? low : high), Bound(end, stride > 0 ? high : low));
        var indices = new List<int>();
        for (var at = from; stride > 0 ? at < to : at > to; at += stride)
            indices.Add(at);
        return [.. indices];
    }

    /// <summary>Shape: that of the parameters, with the indices' shape in place of the axis.</summary>
    private static ReferenceTensor Gather(ReferenceTensor parameters, ReferenceTensor indices, int axis) => ReferenceTensor.Compute(
        [.. parameters.Dims[..axis], .. indices.Dims, .. parameters.Dims[(axis + 1)..]],
        parameters.Type,
        index => parameters[[.. index[..axis], (int)indices[index.AsSpan(axis, indices.Rank)], .. index[(axis + indices.Rank)..]]]);
}
