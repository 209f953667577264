namespace ClassifierFunctions.ModelTool.TensorFlow.Sources.Checks;

/// <summary>
/// Whether shapes that TensorFlow wrote beside the nodes (_output_shapes) are those that come of their inputs and attributes. Only what both sides
/// know is compared; what an operation does to shapes is TensorFlow's definition of it (tensorflow/core/ops).
/// </summary>
internal sealed class ShapeCheck(IReadOnlyDictionary<string, NodeDef> nodes)
{
    /// <returns>What is wrong; null when nothing is, or too little is known.</returns>
    public string? Fault(NodeDef node)
    {
        if (Written(node).Any(shape => shape.Dim.Any(dim => dim.Size < -1)))
            return "it has a shape with a negative size";
        // An output may be known better, after a set_shape.
        if (node.Op is "Placeholder" or "VariableV2" or "Variable" or "Const" && DeclaredShape(node) is { } declared && Output(node, 0) is { } written
            && !(Fits(declared, written) && declared.Zip(written).All(pair => pair.First < 0 || pair.First == pair.Second)))
        {
            return $"its shape is {Text(declared)}, and as an output {Text(written)}";
        }

        if (node.Op == "Reshape" && Output(node, 0) is { } reshaped && WantedSizes(node) is var (wanted, isConstant)
            && !IsReshaped(wanted, reshaped, isConstant))
        {
            return $"its output is {Text(reshaped)}, where its inputs make it {Text(wanted)}";
        }

        return Output(node, 0) is { } shape && Expected(node) is { } expected && !Fits(shape, expected)
            ? $"its output is {Text(shape)}, where its inputs make it {Text(expected)}"
            : null;
    }

    // -1 is a size that is not known; another negative one, that no size is possible.
    private long[]? Expected(NodeDef node) => node.Op switch
    {
        "Identity" or "StopGradient" or "CheckNumerics" or "Relu" or "Relu6" or "Elu" or "Selu" or "LeakyRelu" or "Sigmoid" or "Tanh" or "Softplus"
            or "Softsign" or "Softmax" or "LogSoftmax" or "LRN" or "BiasAdd" or "Rsqrt" or "Sqrt" or "Square" or "Exp" or "Log" or "Neg" or "Abs"
            or "Cast" or "FusedBatchNorm" or "FusedBatchNormV2" or "FusedBatchNormV3" => Input(node, 0),
        "Add" or "AddV2" or "Sub" or "Mul" or "RealDiv" or "Div" or "Maximum" or "Minimum" or "SquaredDifference" or "Pow"
            => Broadcast(Input(node, 0), Input(node, 1)),
        "Conv2D" or "DepthwiseConv2dNative" or "MaxPool" or "AvgPool" => Windows(node),
        "MatMul" => Product(node),
        "Pack" => Packed(node),
        "StridedSlice" => Sliced(node),
        "Transpose" => Transposed(Input(node, 0), Integers.Of(node, 1, nodes)),
        "Pad" or "PadV2" or "MirrorPad" => Padded(Input(node, 0), Integers.Of(node, 1, nodes)),
        "ConcatV2" => Joined(node),
        "Mean" or "Sum" or "Max" or "Min" => Reduced(Input(node, 0), Integers.Of(node, 1, nodes), node.Flag("keep_dims")),
        _ => null,
    };

    private static IEnumerable<TensorShapeProto> Written(NodeDef node)
    {
        foreach (var shape in node.Attr.GetValueOrDefault("_output_shapes")?.List?.Shape ?? [])
            yield return shape;
        if (node.Attr.GetValueOrDefault("shape")?.Shape is { } declared)
            yield return declared;
    }

    private static long[]? DeclaredShape(NodeDef node)
    {
        var shape = node.Op == "Const" ? node.Attr.GetValueOrDefault("value")?.Tensor?.TensorShape : node.Attr.GetValueOrDefault("shape")?.Shape;
        // A placeholder of unknown shape was a scalar once.
        return shape is null || (node.Op == "Placeholder" && shape.Dim.Count == 0) ? null : Sizes(shape);
    }

    private static long[]? Output(NodeDef node, int port)
        => node.Attr.TryGetValue("_output_shapes", out var shapes) && shapes.List?.Shape is { } list && port < list.Count ? Sizes(list[port]) : null;

    private static long[]? Sizes(TensorShapeProto shape) => shape.UnknownRank ? null : [.. shape.Dim.Select(dim => dim.Size)];

    private long[]? Input(NodeDef node, int index)
        => index < node.Input.Count && NodeInput.Parse(node.Input[index]) is { IsControl: false } input
            ? Output(nodes[input.Node], input.Port)
            : null;

    private static long[]? Broadcast(long[]? first, long[]? second)
    {
        if (first is null || second is null)
            return null;
        var shape = new long[Math.Max(first.Length, second.Length)];
        for (var i = 1; i <= shape.Length; i++)
        {
            var (a, b) = (i <= first.Length ? first[^i] : 1, i <= second.Length ? second[^i] : 1);
            shape[^i] = a == 1 ? b : b == 1 || a == b ? a : a < 0 ? b : b < 0 ? a : -2;
        }

        return shape;
    }

    private long[]? Windows(NodeDef node)
    {
        var isPool = node.Op is "MaxPool" or "AvgPool";
        var (channels, height) = node.Text("data_format") switch { "" or "NHWC" => (3, 1), "NCHW" => (1, 2), _ => (-1, -1) };
        // Of pools, as of filters: height, width, channels in and out.
        var window = !isPool ? Input(node, 1)
            : node.Ints("ksize") is { Length: 4 } sizes && channels > 0 ? [sizes[height], sizes[height + 1], 1, 1]
            : null;
        if (channels < 0 || Input(node, 0) is not { Length: 4 } input || window is not { Length: 4 }
            || node.Ints("strides") is not { Length: 4 } strides || (node.Ints("dilations") ?? [1, 1, 1, 1]) is not { Length: 4 } dilations
            || strides.Concat(dilations).Any(step => step < 1))
        {
            return null;
        }

        var shape = new long[4];
        shape[0] = input[0];
        shape[channels] = isPool ? input[channels] : OutputChannels(node, input[channels], window[2], window[3]);
        for (var side = 0; side < 2; side++)
        {
            var (length, stride) = (input[height + side], strides[height + side]);
            shape[height + side] = length < 0 || window[side] < 0 ? -1 : node.Text("padding") switch
            {
                "SAME" => (length + stride - 1) / stride,
                "VALID" => Math.Max(-2, (length - ((window[side] - 1) * dilations[height + side]) + stride - 1) / stride),
                _ => -1,
            };
        }

        return shape;
    }

    // Depthwise, a filter has its own outputs for each channel; else all make each, or all of a group of them.
    private static long OutputChannels(NodeDef node, long input, long filterInput, long filterOutput)
    {
        var isDepthwise = node.Op == "DepthwiseConv2dNative";
        if (input >= 0 && filterInput > 0 && (isDepthwise ? input != filterInput : input % filterInput != 0))
            return -2;
        return !isDepthwise ? filterOutput : filterInput < 0 || filterOutput < 0 ? -1 : filterInput * filterOutput;
    }

    private long[]? Product(NodeDef node)
    {
        if (Input(node, 0) is not { } a || Input(node, 1) is not { } b)
            return null;
        if (a.Length != 2 || b.Length != 2)
            return [-2];
        var (rows, inner) = node.Flag("transpose_a") ? (a[1], a[0]) : (a[0], a[1]);
        var (innerToo, columns) = node.Flag("transpose_b") ? (b[1], b[0]) : (b[0], b[1]);
        return [rows, inner >= 0 && innerToo >= 0 && inner != innerToo ? -2 : columns];
    }

    // What a Reshape asks for; a size that is worked out from the input counts as -1, which is any.
    private (long[] Sizes, bool IsConstant)? WantedSizes(NodeDef node)
    {
        if (Integers.Of(node, 1, nodes) is { } constant)
            return (constant, true);
        if (node.Input is not [_, var shape, ..] || NodeInput.Parse(shape) is not { IsControl: false } from)
            return null;
        var pack = nodes[from.Node];
        var count = pack.Op == "Pack" ? pack.Input.Count(input => !input.StartsWith('^')) : 0;
        return count == 0 ? null
            : ([.. Enumerable.Range(0, count).Select(index => Integers.Of(pack, index, nodes) is [var size] ? size : -1)], false);
    }

    // Of a constant, TensorFlow knew the sizes.
    private static bool IsReshaped(long[] wanted, long[] shape, bool isConstant)
        => wanted.Length == shape.Length && wanted.Zip(shape).All(pair =>
            pair.First == -1 || pair.First == pair.Second || (!isConstant && pair.First >= 0 && pair.Second == -1));

    private long[]? Packed(NodeDef node)
    {
        if (Input(node, 0) is not { } input)
            return null;
        var axis = node.Attr.TryGetValue("axis", out var value) ? value.I : 0;
        axis = axis < 0 ? axis + input.Length + 1 : axis;
        return axis < 0 || axis > input.Length ? [-2]
            : [.. input[..(int)axis], node.Input.Count(text => !text.StartsWith('^')), .. input[(int)axis..]];
    }

    // Only how many dimensions there are: each bit of a mask stands for one of the entries.
    private long[]? Sliced(NodeDef node)
    {
        if (Input(node, 0) is not { } input || Integers.Of(node, 1, nodes) is not { Length: < 32 } begin)
            return null;
        var (shrink, added, ellipsis) = (Bits("shrink_axis_mask"), Bits("new_axis_mask"), Bits("ellipsis_mask"));
        var rank = (long)input.Length;
        for (var i = 0; i < begin.Length; i++)
            rank += (ellipsis >> i & 1) != 0 ? 0 : (added >> i & 1) != 0 ? 1 : (shrink >> i & 1) != 0 ? -1 : 0;
        var isWithin = ((shrink | added | ellipsis | Bits("begin_mask") | Bits("end_mask")) >> begin.Length) == 0;
        return rank < 0 || !isWithin ? [-2] : [.. Enumerable.Repeat(-1L, (int)rank)];

        long Bits(string name) => node.Attr.TryGetValue(name, out var value) ? value.I : 0;
    }

    private static long[]? Transposed(long[]? input, long[]? order)
        => input is null || order is null ? null
            : order.Length == input.Length && order.All(axis => axis >= 0 && axis < input.Length) ? [.. order.Select(axis => input[axis])]
            : [-2];

    private static long[]? Padded(long[]? input, long[]? paddings)
        => input is null || paddings is null ? null
            : paddings.Length != 2 * input.Length ? [-2]
            : [.. input.Select((size, axis) => size < 0 ? -1 : size + paddings[2 * axis] + paddings[(2 * axis) + 1])];

    private long[]? Joined(NodeDef node)
    {
        var count = node.Input.Count(text => !text.StartsWith('^')) - 1;
        var inputs = Enumerable.Range(0, Math.Max(0, count)).Select(index => Input(node, index)).ToArray();
        if (inputs is not [{ } first, ..] || inputs.Any(input => input?.Length != first.Length) || Integers.Of(node, count, nodes) is not [var axis])
            return null;
        axis = axis < 0 ? axis + first.Length : axis;
        if (axis < 0 || axis >= first.Length)
            return [-2];
        return [.. first.Select((_, at) => inputs.Select(input => input![at]).Aggregate((sum, size) =>
            sum < -1 ? sum : at == axis ? sum < 0 || size < 0 ? -1 : sum + size : sum < 0 ? size : size < 0 || size == sum ? sum : -2))];
    }

    private static long[]? Reduced(long[]? input, long[]? axes, bool isKept)
    {
        if (input is null || axes is null)
            return null;
        var reduced = axes.Select(axis => axis < 0 ? axis + input.Length : axis).ToHashSet();
        return reduced.Any(axis => axis < 0 || axis >= input.Length) ? [-2]
            : isKept ? [.. input.Select((size, axis) => reduced.Contains(axis) ? 1 : size)]
            : [.. input.Where((_, axis) => !reduced.Contains(axis))];
    }

    private static bool Fits(long[] first, long[] second)
        => first.Length == second.Length && first.Zip(second).All(pair => pair.First == pair.Second || pair.First == -1 || pair.Second == -1);

    private static string Text(long[] shape)
        => $"[{string.Join(',', shape.Select(size => size < -1 ? "impossible" : size < 0 ? "?" : $"{size}"))}]";
}
