using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

/// <summary>Nodes that rearrange numbers.</summary>
internal static class ShapeNodes
{
    private static readonly (string Name, AttrValue Value) Index = ("Tidx", AttributeValue.Of(DataType.DtInt32));

    public static string Reshape(this TestGraph graph, string input, string shape)
        => graph.Add("Reshape", [input, shape], TypeOf(DataType.DtFloat), ("Tshape", AttributeValue.Of(DataType.DtInt32)));

    public static string Reshape(this TestGraph graph, string input, params int[] shape) => graph.Reshape(input, graph.Vector(shape));

    public static string Shape(this TestGraph graph, string input)
        => graph.Add("Shape", [input], TypeOf(DataType.DtFloat), ("out_type", AttributeValue.Of(DataType.DtInt32)));

    public static string Transpose(this TestGraph graph, string input, params int[] order)
        => graph.Add("Transpose", [input, graph.Vector(order)], TypeOf(DataType.DtFloat), ("Tperm", AttributeValue.Of(DataType.DtInt32)));

    /// <param name="axes">None: all of size 1.</param>
    public static string Squeeze(this TestGraph graph, string input, params int[] axes)
        => graph.Add("Squeeze", [input], TypeOf(DataType.DtFloat), ("squeeze_dims", AttributeValue.List(axes)));

    public static string ExpandDims(this TestGraph graph, string input, int axis)
        => graph.Add("ExpandDims", [input, graph.Scalar(axis)], TypeOf(DataType.DtFloat), ("Tdim", AttributeValue.Of(DataType.DtInt32)));

    public static string Tile(this TestGraph graph, string input, params int[] multiples)
        => graph.Add("Tile", [input, graph.Vector(multiples)], TypeOf(DataType.DtFloat), ("Tmultiples", AttributeValue.Of(DataType.DtInt32)));

    public static string Concat(this TestGraph graph, int axis, params string[] parts) => graph.Concat(DataType.DtFloat, axis, parts);

    public static string Concat(this TestGraph graph, DataType type, int axis, params string[] parts)
        => graph.Add("ConcatV2", [.. parts, graph.Scalar(axis)], TypeOf(type), Count(parts), Index);

    /// <summary>The op of TensorFlow before 1.0.</summary>
    public static string OldConcat(this TestGraph graph, int axis, params string[] parts)
        => graph.Add("Concat", [graph.Scalar(axis), .. parts], TypeOf(DataType.DtFloat), Count(parts));

    public static string Split(this TestGraph graph, string input, int axis, int count)
        => graph.Add("Split", [graph.Scalar(axis), input], TypeOf(DataType.DtFloat), ("num_split", AttributeValue.Of(count)));

    public static string SplitV(this TestGraph graph, string input, int axis, params int[] sizes) => graph.Add(
        "SplitV",
        [input, graph.Vector(sizes), graph.Scalar(axis)],
        TypeOf(DataType.DtFloat),
        ("num_split", AttributeValue.Of(sizes.Length)),
        ("Tlen", AttributeValue.Of(DataType.DtInt32)));

    public static string Pack(this TestGraph graph, int axis, params string[] parts) => graph.Pack(DataType.DtFloat, axis, parts);

    public static string Pack(this TestGraph graph, DataType type, int axis, params string[] parts)
        => graph.Add("Pack", parts, TypeOf(type), Count(parts), ("axis", AttributeValue.Of(axis)));

    public static string Unpack(this TestGraph graph, string input, int axis, int count)
        => graph.Add("Unpack", [input], TypeOf(DataType.DtFloat), ("num", AttributeValue.Of(count)), ("axis", AttributeValue.Of(axis)));

    /// <param name="around">Before and after each axis in turn.</param>
    public static string Pad(this TestGraph graph, string input, params int[] around)
        => graph.Add("Pad", [input, Pairs(graph, around)], TypeOf(DataType.DtFloat), ("Tpaddings", AttributeValue.Of(DataType.DtInt32)));

    public static string PadWith(this TestGraph graph, string input, float value, params int[] around)
        => graph.Add("PadV2", [input, Pairs(graph, around), graph.Scalar(value)], TypeOf(DataType.DtFloat), ("Tpaddings", AttributeValue.Of(DataType.DtInt32)));

    /// <param name="mode">REFLECT or SYMMETRIC.</param>
    public static string MirrorPad(this TestGraph graph, string input, string mode, params int[] around) => graph.Add(
        "MirrorPad",
        [input, Pairs(graph, around)],
        TypeOf(DataType.DtFloat),
        ("Tpaddings", AttributeValue.Of(DataType.DtInt32)), ("mode", AttributeValue.Of(mode)));

    public static string Slice(this TestGraph graph, string input, int[] begin, int[] size, DataType type = DataType.DtFloat)
        => graph.Add("Slice", [input, graph.Vector(begin), graph.Vector(size)], TypeOf(type), ("Index", AttributeValue.Of(DataType.DtInt32)));

    public static string StridedSlice(
        this TestGraph graph, string input, int[] begin, int[] end, int[] strides,
        int beginMask = 0, int endMask = 0, int ellipsis = 0, int newAxis = 0, int shrink = 0,
        DataType type = DataType.DtFloat)
        => graph.Add(
            "StridedSlice",
            [input, graph.Vector(begin), graph.Vector(end), graph.Vector(strides)],
            TypeOf(type),
            ("Index", AttributeValue.Of(DataType.DtInt32)),
            ("begin_mask", AttributeValue.Of(beginMask)),
            ("end_mask", AttributeValue.Of(endMask)),
            ("ellipsis_mask", AttributeValue.Of(ellipsis)),
            ("new_axis_mask", AttributeValue.Of(newAxis)),
            ("shrink_axis_mask", AttributeValue.Of(shrink)));

    /// <summary>One size of a shape, as x.shape[axis] gives it.</summary>
    public static string SizeOf(this TestGraph graph, string input, int axis)
        => graph.StridedSlice(graph.Shape(input), [axis], [axis + 1], [1], shrink: 1, type: DataType.DtInt32);

    public static string Gather(this TestGraph graph, string parameters, string indices, int axis, DataType type = DataType.DtFloat) => graph.Add(
        "GatherV2",
        [parameters, indices, graph.Scalar(axis)],
        ("Tparams", AttributeValue.Of(type)),
        ("Tindices", AttributeValue.Of(DataType.DtInt32)),
        ("Taxis", AttributeValue.Of(DataType.DtInt32)),
        ("batch_dims", AttributeValue.Of(0)));

    private static string Pairs(TestGraph graph, int[] around) => graph.Constant(around, around.Length / 2, 2);

    private static (string Name, AttrValue Value) TypeOf(DataType type) => ("T", AttributeValue.Of(type));

    private static (string Name, AttrValue Value) Count(string[] parts) => ("N", AttributeValue.Of(parts.Length));
}
