using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>tf.concat, tf.split, tf.stack, tf.unstack.</summary>
internal static class Joins
{
    public static Dictionary<string, ReferenceKernel> Kernels { get; } = new()
    {
        // The first version takes the axis first.
        ["Concat"] = (_, inputs) => [Concatenate(inputs[1..], inputs[0].Int())],
        ["ConcatV2"] = (_, inputs) => [Concatenate(inputs[..^1], inputs[^1].Int())],
        ["Split"] = (node, inputs) => Split(inputs[1], inputs[0].Int(), Equal(inputs[1], inputs[0].Int(), node.Int("num_split"))),
        ["SplitV"] = (_, inputs) => Split(inputs[0], inputs[2].Int(), inputs[1].Ints()),
        ["Pack"] = (node, inputs) => [Pack(inputs, node.Int("axis"))],
        ["Unpack"] = (node, inputs) =>
        [
            .. Split(inputs[0], node.Int("axis"), Equal(inputs[0], node.Int("axis"), node.Int("num")))
                .Select(part => part.Reshape([.. part.Dims.Where((_, axis) => axis != part.Axis(node.Int("axis")))])),
        ],
    };

    private static ReferenceTensor Concatenate(ReferenceTensor[] parts, int axis)
    {
        axis = parts[0].Axis(axis);
        int[] dims = [.. parts[0].Dims];
        dims[axis] = parts.Sum(part => part.Dims[axis]);
        return ReferenceTensor.Compute(dims, parts[0].Type, index =>
        {
            int[] own = [.. index];
            var part = 0;
            for (; own[axis] >= parts[part].Dims[axis]; part++)
                own[axis] -= parts[part].Dims[axis];
            return parts[part][own];
        });
    }

    /// <summary>One size may be -1: what the others leave.</summary>
    private static ReferenceTensor[] Split(ReferenceTensor x, int axis, int[] sizes)
    {
        axis = x.Axis(axis);
        var rest = x.Dims[axis] - sizes.Where(size => size != -1).Sum();
        var begin = new int[x.Rank];
        var parts = new List<ReferenceTensor>();
        foreach (var size in sizes)
        {
            int[] dims = [.. x.Dims];
            dims[axis] = size == -1 ? rest : size;
            parts.Add(x.Cut(begin, dims));
            begin = [.. begin];
            begin[axis] += dims[axis];
        }

        return [.. parts];
    }

    private static int[] Equal(ReferenceTensor x, int axis, int count) => [.. Enumerable.Repeat(x.Dims[x.Axis(axis)] / count, count)];

    private static ReferenceTensor Pack(ReferenceTensor[] parts, int axis)
    {
        axis = axis < 0 ? axis + parts[0].Rank + 1 : axis;
        return Concatenate([.. parts.Select(part => part.Reshape([.. part.Dims[..axis], 1, .. part.Dims[axis..]]))], axis);
    }
}
