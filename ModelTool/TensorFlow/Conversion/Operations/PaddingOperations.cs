using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>Borders around tensors (tensorflow/tensorflow, core/ops/array_ops.cc).</summary>
internal static class PaddingOperations
{
    public static IReadOnlyList<(string Name, Operation Convert)> All { get; } =
    [
        ("Pad", context => [Pad(context, "constant", null)]),
        ("PadV2", context => [Pad(context, "constant", context.Input(2))]),
        ("MirrorPad", MirrorPad),
    ];

    private static Operand[] MirrorPad(NodeContext context) => context.Text("mode") switch
    {
        "REFLECT" => [Pad(context, "reflect", null)],
        "SYMMETRIC" => [Symmetric(context)],
        var mode => throw new UnsupportedException($"has a border of mode {mode}"),
    };

    // The image mirrored at its edge, which is there twice; ONNX has no such mode.
    private static Operand.Computed Symmetric(NodeContext context)
    {
        var (value, layout) = UnaryOperations.AsItLies(context, context.Input(0));
        var (before, after) = Borders(context, layout, value.Dims.Count);
        for (var axis = 0; axis < before.Length; axis++)
        {
            if (before[axis] + after[axis] == 0)
                continue;
            if (value.Dims[axis].Known is not { } size || Math.Max(before[axis], after[axis]) > size)
                throw new UnsupportedException("has a border wider than the image that it mirrors");
            long[] pixels = [.. Enumerable.Range(0, (int)(before[axis] + size + after[axis])).Select(place => Mirrored(place - before[axis], size))];
            value = SliceOperations.Pick(context, value, axis, pixels);
        }

        return context.Result(value, layout);
    }

    private static long Mirrored(long place, long size) => place < 0 ? -1 - place : place >= size ? (2 * size) - 1 - place : place;

    // As the axes lie in memory.
    private static (long[] Before, long[] After) Borders(NodeContext context, Layout layout, int rank)
    {
        var pads = context.Longs(1);
        // Before and after each axis.
        if (pads.Length != 2 * rank || pads.Any(pad => pad is < 0 or > 1 << 20))
            throw new UnsupportedException($"pads {Describe.Shape(context.Input(0).Dims)} by {Describe.Shape(pads)}");
        int[] order = layout == Layout.ChannelsFirst ? [0, 3, 1, 2] : [.. Enumerable.Range(0, rank)];
        return ([.. order.Select(axis => pads[2 * axis])], [.. order.Select(axis => pads[2 * axis + 1])]);
    }

    private static Operand.Computed Pad(NodeContext context, string mode, Operand.Present? filling)
    {
        var (value, layout) = UnaryOperations.AsItLies(context, context.Input(0));
        var (before, after) = Borders(context, layout, value.Dims.Count);
        Dim[] dims = [.. value.Dims.Select((dim, axis) => before[axis] + after[axis] == 0 ? dim : dim + (before[axis] + after[axis]))];
        if (mode == "reflect" && value.Dims.Where((dim, axis) => Math.Max(before[axis], after[axis]) is > 0 and var most && most >= dim.Factor).Any())
            throw new UnsupportedException("has a border wider than the image that it mirrors");
        var borders = ComputeGraph.Constant($"{context.Name}/pads", [.. before, .. after]);
        var filled = filling is null ? null : context.Plain(filling);
        // ONNX Runtime takes a border of zeroes into the padding of a pooling of maxima (core/optimizer/pad_fusion.cc), where it is never seen. Minus zero, which is the same, it leaves.
        if (mode == "constant" && value.Type == DataType.DtFloat && filled is null or { Uniform: 0 })
            filled = ComputeGraph.Constant($"{context.Name}/zero", -0f);
        var inputs = filled is null ? new[] { value, borders } : [value, borders, filled];
        return context.Result(context.Add("Pad", value.Type, dims, inputs, ("mode", mode)), layout);
    }
}
