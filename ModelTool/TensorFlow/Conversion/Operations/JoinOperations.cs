using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>Tensors put together and taken apart (tensorflow/tensorflow, core/ops/array_ops.cc).</summary>
internal static class JoinOperations
{
    private static readonly int[] ImageAxis = [0, 2, 3, 1];

    public static IReadOnlyList<(string Name, Operation Convert)> All { get; } =
    [
        ("ConcatV2", context => [Concat(context, [.. context.AllInputs().SkipLast(1)], context.Long(context.Count - 1))]),
        ("Concat", context => [Concat(context, [.. context.AllInputs().Skip(1)], context.Long(0))]),
        ("Pack", Pack),
        ("Split", context => Split(context, context.Input(1), context.Long(0), Enumerable.Repeat(-1L, Number(context, "num_split")))),
        ("SplitV", context => Split(context, context.Input(0), context.Long(2), context.Longs(1))),
        ("Unpack", Unpack),
        ("Tile", Tile),
    ];

    private static Operand.Computed Concat(NodeContext context, IReadOnlyList<Operand.Present> parts, long along)
    {
        if (parts.Count == 0)
            throw new UnsupportedException("joins nothing");
        var axis = NodeContext.Axis(along, parts[0].Dims.Count);
        Dim[] dims = [.. parts[0].Dims];
        foreach (var part in parts)
        {
            if (part.Dims.Count != dims.Length || part.Dims.Where((dim, index) => index != axis && dim != dims[index]).Any())
                throw new UnsupportedException($"joins {Describe.Shape(parts[0].Dims)} and {Describe.Shape(part.Dims)} along axis {axis}");
        }

        dims[axis] = parts.Select(part => part.Dims[axis]).Aggregate((sum, dim) => sum + dim);
        return parts.Any(part => part is Operand.Computed { Layout: Layout.ChannelsFirst })
            ? context.Result(
                context.Add("Concat", parts[0].Type, [dims[0], dims[3], dims[1], dims[2]], [.. parts.Select(context.ChannelsFirst)], ("axis", ImageAxis[axis])),
                Layout.ChannelsFirst)
            : context.Result(context.Add("Concat", OnnxTypes.Widened(parts[0].Type), dims, [.. parts.Select(context.Plain)], ("axis", axis)));
    }

    private static Operand[] Pack(NodeContext context)
    {
        var parts = context.AllInputs();
        var axis = NodeContext.Axis(context.Int("axis", 0), parts[0].Dims.Count + 1);
        return [Concat(context, [.. parts.Select(part => ShapeOperations.Reshaped(context, part, [.. part.Dims.Take(axis), 1, .. part.Dims.Skip(axis)]))], axis)];
    }

    private static int Number(NodeContext context, string attribute)
        => context.Int(attribute) is >= 1 and <= 1 << 16 and var number ? (int)number : throw new UnsupportedException($"has {attribute} {context.Int(attribute)}");

    private static Operand.Computed[] Split(NodeContext context, Operand.Present operand, long along, IEnumerable<long> wanted)
    {
        var axis = NodeContext.Axis(along, operand.Dims.Count);
        var length = operand.Dims[axis].Known ?? throw new UnsupportedException("splits the images of a run");
        long[] sizes = [.. wanted];
        if (sizes.All(size => size == -1))
            Array.Fill(sizes, length / sizes.Length);
        else if (Array.IndexOf(sizes, -1) is >= 0 and var open)
            sizes[open] = length - sizes.Sum() - 1;
        if (sizes.Any(size => size < 0) || sizes.Sum() != length)
            throw new UnsupportedException($"splits {length} into {Describe.Shape(sizes)}");
        var (value, layout) = UnaryOperations.AsItLies(context, operand);
        var place = layout == Layout.ChannelsFirst ? ImageAxis[axis] : axis;
        var made = context.Add(
            "Split", value.Type, [.. sizes.Select(size => (IReadOnlyList<Dim>)[.. value.Dims.Select((dim, index) => index == place ? size : dim)])],
            [value, ComputeGraph.Constant($"{context.Name}/sizes", sizes)],
            ("axis", place));
        return [.. made.Outputs.Select(output => context.Result(output, layout))];
    }

    private static Operand[] Unpack(NodeContext context)
    {
        var operand = context.Input(0);
        var axis = NodeContext.Axis(context.Int("axis", 0), operand.Dims.Count);
        var parts = Split(context, operand, axis, Enumerable.Repeat(-1L, Number(context, "num")));
        if (parts.Length != operand.Dims[axis].Known)
            throw new UnsupportedException($"unpacks {operand.Dims[axis]} into {parts.Length}");
        return [.. parts.Select(part => ShapeOperations.Reshaped(context, part, [.. part.Dims.Where((_, index) => index != axis)]))];
    }

    private static Operand[] Tile(NodeContext context)
    {
        var (value, repeats) = (context.Plain(context.Input(0)), context.Longs(1));
        if (repeats.Length != value.Dims.Count || repeats.Any(repeat => repeat is < 1 or > 1 << 20))
            throw new UnsupportedException($"repeats {Describe.Shape(value.Dims)} {Describe.Shape(repeats)} times");
        return [context.Result(context.Add(
            "Tile", value.Type, [.. value.Dims.Zip(repeats, (dim, repeat) => dim * repeat)], [value, ComputeGraph.Constant($"{context.Name}/repeats", repeats)]))];
    }
}
