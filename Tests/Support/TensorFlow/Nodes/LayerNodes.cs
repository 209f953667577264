using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

/// <summary>Nodes of a network's layers, with all attributes that TensorFlow 1.15 writes.</summary>
internal static class LayerNodes
{
    private const string Nhwc = "NHWC";

    public static string Conv2D(
        this TestGraph graph, string input, string filter, (int Height, int Width)? stride = null, string padding = "SAME",
        (int Height, int Width)? dilation = null, string format = Nhwc, int[]? around = null)
        => graph.Add(
            "Conv2D",
            [input, filter],
            ("T", AttributeValue.Of(DataType.DtFloat)),
            ("strides", Spatial(stride ?? (1, 1), format)),
            ("padding", AttributeValue.Of(padding)),
            ("explicit_paddings", AttributeValue.List(around ?? [])),
            ("dilations", Spatial(dilation ?? (1, 1), format)),
            ("data_format", AttributeValue.Of(format)),
            ("use_cudnn_on_gpu", AttributeValue.Of(true)));

    public static string Depthwise(
        this TestGraph graph, string input, string filter, (int Height, int Width)? stride = null, string padding = "SAME",
        (int Height, int Width)? dilation = null, string format = Nhwc)
        => graph.Add(
            "DepthwiseConv2dNative",
            [input, filter],
            ("T", AttributeValue.Of(DataType.DtFloat)),
            ("strides", Spatial(stride ?? (1, 1), format)),
            ("padding", AttributeValue.Of(padding)),
            ("dilations", Spatial(dilation ?? (1, 1), format)),
            ("data_format", AttributeValue.Of(format)));

    /// <param name="op">MaxPool or AvgPool.</param>
    public static string Pool(
        this TestGraph graph, string op, string input, (int Height, int Width) kernel, (int Height, int Width) stride, string padding, string format = Nhwc)
        => graph.Add(
            op,
            [input],
            ("T", AttributeValue.Of(DataType.DtFloat)),
            ("ksize", Spatial(kernel, format)),
            ("strides", Spatial(stride, format)),
            ("padding", AttributeValue.Of(padding)),
            ("data_format", AttributeValue.Of(format)));

    public static string BiasAdd(this TestGraph graph, string input, string bias, string format = Nhwc)
        => graph.Add("BiasAdd", [input, bias], ("T", AttributeValue.Of(DataType.DtFloat)), ("data_format", AttributeValue.Of(format)));

    /// <param name="op">FusedBatchNorm, FusedBatchNormV2 or FusedBatchNormV3.</param>
    public static string FusedBatchNorm(this TestGraph graph, string op, string input, int channels, float epsilon, string format = Nhwc)
    {
        string[] inputs = [input, graph.RandomIn(0.5f, 1.5f, channels), graph.Random(channels), graph.Random(channels), graph.RandomIn(0.1f, 2, channels)];
        var name = graph.Add(
            op,
            inputs,
            ("T", AttributeValue.Of(DataType.DtFloat)),
            ("epsilon", AttributeValue.Of(epsilon)),
            ("data_format", AttributeValue.Of(format)),
            ("is_training", AttributeValue.Of(false)));
        if (op != "FusedBatchNorm")
            graph.Definition.Node[^1].Attr.Add("U", AttributeValue.Of(DataType.DtFloat));
        return name;
    }

    public static string MatMul(this TestGraph graph, string a, string b, bool transposeA = false, bool transposeB = false) => graph.Add(
        "MatMul",
        [a, b],
        ("T", AttributeValue.Of(DataType.DtFloat)),
        ("transpose_a", AttributeValue.Of(transposeA)),
        ("transpose_b", AttributeValue.Of(transposeB)));

    public static string LocalResponseNormalization(this TestGraph graph, string input, int radius, float bias, float alpha, float beta) => graph.Add(
        "LRN",
        [input],
        ("T", AttributeValue.Of(DataType.DtFloat)),
        ("depth_radius", AttributeValue.Of(radius)),
        ("bias", AttributeValue.Of(bias)),
        ("alpha", AttributeValue.Of(alpha)),
        ("beta", AttributeValue.Of(beta)));

    /// <param name="op">ResizeBilinear or ResizeNearestNeighbor.</param>
    public static string Resize(this TestGraph graph, string op, string input, string size, bool alignCorners, bool halfPixelCenters) => graph.Add(
        op,
        [input, size],
        ("T", AttributeValue.Of(DataType.DtFloat)),
        ("align_corners", AttributeValue.Of(alignCorners)),
        ("half_pixel_centers", AttributeValue.Of(halfPixelCenters)));

    /// <param name="op">SpaceToDepth or DepthToSpace.</param>
    public static string Block(this TestGraph graph, string op, string input, int size, string format = Nhwc) => graph.Add(
        op, [input], ("T", AttributeValue.Of(DataType.DtFloat)), ("block_size", AttributeValue.Of(size)), ("data_format", AttributeValue.Of(format)));

    /// <param name="op">SpaceToBatchND or BatchToSpaceND.</param>
    /// <param name="around">Padding or crop: top, bottom, left, right.</param>
    public static string BatchBlock(this TestGraph graph, string op, string input, (int Height, int Width) size, params int[] around) => graph.Add(
        op,
        [input, graph.Vector(size.Height, size.Width), graph.Constant(around, 2, 2)],
        ("T", AttributeValue.Of(DataType.DtFloat)),
        ("Tblock_shape", AttributeValue.Of(DataType.DtInt32)),
        (op == "SpaceToBatchND" ? "Tpaddings" : "Tcrops", AttributeValue.Of(DataType.DtInt32)));

    private static AttrValue Spatial((int Height, int Width) value, string format)
        => format == Nhwc ? AttributeValue.List(1, value.Height, value.Width, 1) : AttributeValue.List(1, 1, value.Height, value.Width);
}
