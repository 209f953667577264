using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>Shapes, and the same numbers in another shape (tensorflow/tensorflow, core/ops/array_ops.cc).</summary>
internal static class ShapeOperations
{
    // From [N, H, W, C] to [N, C, H, W], and back.
    private static readonly int[] ToChannelsFirst = [0, 3, 1, 2];
    private static readonly int[] ToChannelsLast = [0, 2, 3, 1];

    public static IReadOnlyList<(string Name, Operation Convert)> All { get; } =
    [
        ("Shape", context => [Shape(context, 0)]),
        ("ShapeN", context => [.. Enumerable.Range(0, context.Count).Select(index => Shape(context, index))]),
        ("Size", context => [Scalar(context, Dim.Product(context.Input(0).Dims))]),
        ("Rank", context => [Scalar(context, context.Input(0).Dims.Count)]),
        ("Reshape", Reshape),
        ("Squeeze", Squeeze),
        ("ExpandDims", ExpandDims),
        ("Transpose", Transpose),
        ("Fill", Fill),
        // Of known integers, for which it is not asked here.
        ("Range", _ => throw new UnsupportedException("counts by numbers that are not known before there is an image")),
    ];

    /// <summary>The operand in a new shape; TensorFlow's order of the numbers is what counts.</summary>
    public static Operand.Computed Reshaped(NodeContext context, Operand.Present operand, IReadOnlyList<Dim> dims)
    {
        // With one pixel or one channel, the numbers lie in the same order either way.
        var value = operand is Operand.Computed { Layout: Layout.ChannelsFirst, Value: { Dims: [_, var channels, var height, var width] } image }
            && (channels == 1 || (height == 1 && width == 1)) ? image : context.Plain(operand);
        return context.Result(context.Reshape(value, dims));
    }

    private static Operand.Integers Shape(NodeContext context, int index)
    {
        var dims = context.Input(index).Dims;
        return new(context.Type("out_type", DataType.DtInt32), [dims.Count], dims);
    }

    private static Operand.Integers Scalar(NodeContext context, Dim number) => new(context.Type("out_type", DataType.DtInt32), [], [number]);

    private static Operand[] Reshape(NodeContext context)
    {
        var operand = context.Input(0);
        var dims = Resolve(operand.Dims, context.Numbers(1), context.Evaluator.Input.FixedBatch);
        return dims.SequenceEqual(operand.Dims) ? [operand] : [Reshaped(context, operand, dims)];
    }

    private static Dim[] Resolve(IReadOnlyList<Dim> from, IReadOnlyList<Dim> to, long? fixedBatch)
    {
        var total = Dim.Product(from);
        Dim[] dims = [.. to];
        var open = Array.IndexOf(dims, -1);
        if (dims.Count(dim => dim.Factor < 0) > (open < 0 ? 0 : 1))
            throw new UnsupportedException($"reshapes to {Describe.Shape(to)}: the file is damaged");
        // A graph that was made for one number of images, or for one image, says that number where it means "as many as there are".
        var batch = fixedBatch ?? 1;
        if (total.PerImage && dims is [{ Known: { } leading and > 0 }, ..] && (leading == batch || (batch > 1 && leading % batch == 0))
            && Completed([new(leading / batch, PerImage: true), .. dims.Skip(1)], open, total) is { } perImage)
            return perImage;
        return Completed(dims, open, total)
            ?? throw new UnsupportedException($"reshapes {Describe.Shape(from)} to {Describe.Shape(to)}, which has another number of elements");
    }

    // With what is left for the dimension that is open; null if the number of elements is another.
    private static Dim[]? Completed(Dim[] dims, int open, Dim total)
    {
        if (open < 0)
            return Dim.Product(dims) == total ? dims : null;
        if (dims.Count(dim => dim.PerImage) > 1 || total.DividedBy(Dim.Product(dims.Where((_, axis) => axis != open))) is not { } rest)
            return null;
        return [.. dims.Select((dim, axis) => axis == open ? rest : dim)];
    }

    private static Operand[] Squeeze(NodeContext context)
    {
        var operand = context.Input(0);
        var rank = operand.Dims.Count;
        var named = context.Ints("squeeze_dims", optional: true) is { Count: > 0 } old ? old : context.Ints("axis", optional: true);
        HashSet<int> axes = [.. named.Select(axis => NodeContext.Axis(axis, rank))];
        if (axes.FirstOrDefault(axis => operand.Dims[axis] != 1, -1) is >= 0 and var wrong && !(wrong == 0 && context.Evaluator.Input.FixedBatch == 1))
            throw new UnsupportedException($"drops axis {wrong} of {Describe.Shape(operand.Dims)}, which is not 1");
        Dim[] dims = [.. operand.Dims.Where((dim, axis) => axes.Count > 0 ? !axes.Contains(axis) || dim.PerImage : dim != 1)];
        return [Reshaped(context, operand, dims)];
    }

    private static Operand[] ExpandDims(NodeContext context)
    {
        var operand = context.Input(0);
        // One place more than there are axes: the end.
        var axis = NodeContext.Axis(context.Long(1), operand.Dims.Count + 1);
        return [Reshaped(context, operand, [.. operand.Dims.Take(axis), 1, .. operand.Dims.Skip(axis)])];
    }

    private static Operand[] Transpose(NodeContext context)
    {
        var operand = context.Input(0);
        var rank = operand.Dims.Count;
        int[] order = [.. context.Longs(1).Select(axis => NodeContext.Axis(axis, rank))];
        if (order.Length != rank || order.Distinct().Count() != rank)
            throw new UnsupportedException($"puts {Describe.Shape(operand.Dims)} into the order {string.Join(", ", order)}");
        if (order.SequenceEqual(Enumerable.Range(0, rank)))
            return [operand];
        // Images whose channels go first or last: no number moves if they lie so already.
        if (order.SequenceEqual(ToChannelsFirst) && operand is Operand.Computed)
            return [context.Result(context.ChannelsFirst(operand))];
        if (order.SequenceEqual(ToChannelsLast) && operand is Operand.Computed { Layout: Layout.Plain } image)
            return [context.Result(image.Value, Layout.ChannelsFirst)];
        return [context.Result(context.Reordered(operand, order))];
    }

    private static Operand[] Fill(NodeContext context)
    {
        var dims = context.Numbers(0);
        var value = context.Plain(context.Input(1));
        if (dims.Any(dim => dim.Factor < 0) || value.Dims.Count != 0)
            throw new UnsupportedException($"fills {Describe.Shape(dims)} with {Describe.Shape(value.Dims)}");
        var shape = context.Plain(new Operand.Integers(DataType.DtInt64, [dims.Count], dims));
        return [context.Result(context.Add("Expand", value.Type, dims, [value, shape]))];
    }
}
