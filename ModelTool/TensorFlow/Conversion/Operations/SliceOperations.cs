using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>Parts of tensors (tensorflow/tensorflow, core/ops/array_ops.cc).</summary>
internal static class SliceOperations
{
    public static IReadOnlyList<(string Name, Operation Convert)> All { get; } =
    [
        ("StridedSlice", StridedSlice),
        ("Slice", Slice),
        ("Gather", context => [Gather(context, 0)]),
        ("GatherV2", context => [Gather(context, context.Long(2))]),
    ];

    private static Operand[] StridedSlice(NodeContext context)
    {
        var operand = context.Input(0);
        var (begin, end, strides) = (context.Numbers(1), context.Numbers(2), context.Longs(3));
        if (begin.Count != strides.Length || end.Count != strides.Length)
            throw new UnsupportedException($"has {begin.Count} beginnings, {end.Count} ends and {strides.Length} strides");
        var (beginMask, endMask, ellipsis) = (context.Int("begin_mask", 0), context.Int("end_mask", 0), context.Int("ellipsis_mask", 0));
        var (newAxes, shrinks) = (context.Int("new_axis_mask", 0), context.Int("shrink_axis_mask", 0));
        if (long.PopCount(ellipsis) > 1)
            throw new UnsupportedException("has several ellipses");
        // An ellipsis stands for all axes that no other place of the list is for.
        var named = Enumerable.Range(0, strides.Length).Count(place => !Has(newAxes, place) && !Has(ellipsis, place));
        if (named > operand.Dims.Count)
            throw new UnsupportedException($"slices {named} axes of {Describe.Shape(operand.Dims)}");

        var ranges = new List<(int Axis, SliceRange Range)>();
        var result = new List<Dim>();
        var axis = 0;
        for (var place = 0; place < strides.Length; place++)
        {
            if (Has(ellipsis, place))
            {
                var later = Enumerable.Range(place + 1, strides.Length - place - 1).Count(index => !Has(newAxes, index));
                for (var last = operand.Dims.Count - later; axis < last; axis++)
                    result.Add(operand.Dims[axis]);
            }
            else if (Has(newAxes, place))
            {
                result.Add(1);
            }
            else
            {
                var dim = operand.Dims[axis];
                if (dim.Known is { } length)
                {
                    var range = SliceRange.Resolve(
                        Known(begin[place]), Known(end[place]), strides[place], length, Has(beginMask, place), Has(endMask, place), Has(shrinks, place));
                    ranges.Add((axis, range));
                    if (!range.Shrinks)
                        result.Add(range.Count);
                }
                else
                {
                    // Of the images of a run, all or none of our business.
                    if (Has(shrinks, place) || strides[place] != 1 || !(Has(beginMask, place) || begin[place] == 0) || !(Has(endMask, place) || end[place] == dim))
                        throw new UnsupportedException("takes some of the images of a run");
                    result.Add(dim);
                }

                axis++;
            }
        }

        result.AddRange(operand.Dims.Skip(axis));
        return [Sliced(context, operand, ranges, result)];
    }

    private static bool Has(long mask, int place) => place < 63 && (mask >> place & 1) != 0;

    private static long Known(Dim number) => number.Known ?? throw new UnsupportedException("slices by the number of images");

    private static Operand[] Slice(NodeContext context)
    {
        var operand = context.Input(0);
        var (begin, sizes) = (context.Numbers(1), context.Numbers(2));
        if (begin.Count != operand.Dims.Count || sizes.Count != operand.Dims.Count)
            throw new UnsupportedException($"takes {begin.Count} beginnings and {sizes.Count} sizes of {Describe.Shape(operand.Dims)}");
        var ranges = new List<(int Axis, SliceRange Range)>();
        for (var axis = 0; axis < begin.Count; axis++)
        {
            var dim = operand.Dims[axis];
            if (begin[axis] == 0 && (sizes[axis] == -1 || sizes[axis] == dim))
                continue;
            var length = dim.Known ?? throw new UnsupportedException("takes some of the images of a run");
            var (first, size) = (Known(begin[axis]), Known(sizes[axis]));
            var count = size == -1 ? length - first : size;
            if (first < 0 || count < 0 || first + count > length)
                throw new UnsupportedException($"takes {count} from {first} on, of {length}");
            ranges.Add((axis, new(first, 1, count, false)));
        }

        return [Sliced(context, operand, ranges, [.. operand.Dims.Select((dim, axis) => ranges.Find(range => range.Axis == axis) is { Range.Stride: not 0 } range ? range.Range.Count : dim)])];
    }

    private static Operand.Computed Sliced(NodeContext context, Operand.Present operand, List<(int Axis, SliceRange Range)> ranges, IReadOnlyList<Dim> result)
    {
        var isImage = operand is Operand.Computed { Layout: Layout.ChannelsFirst } && result.Count == 4 && ranges.TrueForAll(range => !range.Range.Shrinks)
            && !result.Where((dim, axis) => operand.Dims[axis] != dim && !ranges.Exists(range => range.Axis == axis)).Any();
        var value = isImage ? context.ChannelsFirst(operand) : context.Plain(operand);
        var cuts = ranges.Where(range => range.Range.Stride != 1 || range.Range.Count != operand.Dims[range.Axis].Known).ToArray();
        if (cuts.Length > 0)
        {
            long[] axes = [.. cuts.Select(cut => (long)(isImage ? ChannelsFirstAxis(cut.Axis) : cut.Axis))];
            Dim[] dims = [.. value.Dims];
            for (var index = 0; index < cuts.Length; index++)
                dims[axes[index]] = cuts[index].Range.Count;
            value = context.Add(
                "Slice", value.Type, dims,
                [
                    value, Numbers("starts", [.. cuts.Select(cut => cut.Range.Start)]), Numbers("ends", [.. cuts.Select(End)]), Numbers("axes", axes),
                    Numbers("steps", [.. cuts.Select(cut => cut.Range.Stride)]),
                ]);
        }

        return isImage ? context.Result(value, Layout.ChannelsFirst) : context.Result(context.Reshape(value, result));

        GraphValue Numbers(string name, long[] numbers) => ComputeGraph.Constant($"{context.Name}/{name}", numbers);
    }

    // Backwards past the first: a negative index would count from the end.
    private static long End((int Axis, SliceRange Range) cut)
        => cut.Range.Start + cut.Range.Count * cut.Range.Stride is >= 0 and var end ? end : long.MinValue + 1;

    private static int ChannelsFirstAxis(int axis) => axis switch { 0 => 0, 3 => 1, _ => axis + 1 };

    /// <summary>Along one axis, what has these numbers; the value itself when these are all in order.</summary>
    public static GraphValue Pick(NodeContext context, GraphValue value, int axis, long[] numbers)
    {
        if (value.Dims[axis] == numbers.Length && numbers.Select((number, place) => number == place).All(same => same))
            return value;
        Dim[] dims = [.. value.Dims.Select((dim, other) => other == axis ? numbers.Length : dim)];
        return context.Add("Gather", value.Type, dims, [value, ComputeGraph.Constant($"{context.Name}/places", numbers)], ("axis", axis));
    }

    private static Operand.Computed Gather(NodeContext context, long along)
    {
        var value = context.Plain(context.Input(0));
        var axis = NodeContext.Axis(along, value.Dims.Count);
        var indices = context.Input(1);
        if (context.Int("batch_dims", 0) != 0 || indices is not Operand.Integers { Numbers: var numbers })
            throw new UnsupportedException("looks up numbers by what an image gives");
        if (value.Dims[axis].Known is not { } length || numbers.Any(number => number.Known is not { } index || index < 0 || index >= length))
            throw new UnsupportedException($"looks up numbers that are not there, of {Describe.Shape(value.Dims)}");
        return context.Result(context.Add(
            "Gather", value.Type, [.. value.Dims.Take(axis), .. indices.Dims, .. value.Dims.Skip(axis + 1)], [value, context.Plain(indices)], ("axis", axis)));
    }
}
