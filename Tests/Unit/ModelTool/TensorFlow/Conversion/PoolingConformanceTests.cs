using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>MaxPool and AvgPool; the latter's mean is of the pixels under the window, not of padding.</summary>
public sealed class PoolingConformanceTests
{
    public static TheoryData<string, string> OpsAndPaddings
        => new() { { "MaxPool", "SAME" }, { "MaxPool", "VALID" }, { "AvgPool", "SAME" }, { "AvgPool", "VALID" } };

    [Theory]
    [MemberData(nameof(OpsAndPaddings))]
    public void Pool_SizesKernelsAndStrides_IsReference(string op, string padding) => Assert.Multiple(
        () => Check(op, padding, (7, 7), (2, 2), (2, 2)),
        () => Check(op, padding, (8, 6), (2, 2), (2, 2)),
        () => Check(op, padding, (7, 7), (3, 3), (2, 2)),
        () => Check(op, padding, (8, 5), (3, 3), (2, 2)),
        () => Check(op, padding, (5, 9), (3, 2), (1, 3)),
        () => Check(op, padding, (9, 5), (5, 3), (3, 1)),
        () => Check(op, padding, (7, 6), (3, 3), (1, 1)),
        () => Check(op, padding, (7, 5), (1, 1), (2, 2)),
        () => Check(op, padding, (8, 7), (2, 1), (3, 3)),
        () => Check(op, padding, (5, 4), (5, 4), (1, 1)),
        () => Check(op, padding, (1, 1), (1, 1), (1, 1)));

    [Theory]
    [InlineData("MaxPool")]
    [InlineData("AvgPool")]
    public void Pool_WindowGreaterThanPicture_IsReference(string op) => Assert.Multiple(
        () => Check(op, "SAME", (1, 1), (3, 3), (2, 2)),
        () => Check(op, "SAME", (2, 3), (5, 5), (1, 1)),
        () => Check(op, "SAME", (3, 2), (7, 5), (2, 3)),
        () => Check(op, "SAME", (2, 9), (5, 3), (2, 2)));

    /// <summary>Zeros as padding would be greater than all pixels.</summary>
    [Fact]
    public void MaxPool_NegativePixelsAtPaddedBorder_IsReference()
        => Conformance.Check(5, 7, 3, (graph, x) => graph.Pool("MaxPool", graph.Apply("Sub", x, graph.Scalar(20f)), (3, 3), (2, 2), "SAME"));

    [Theory]
    [InlineData("SAME")]
    [InlineData("VALID")]
    public void MaxPoolV2_KernelAndStridesAsInputs_IsReference(string padding) => Conformance.Check(7, 6, 3, (graph, x) => graph.Add(
        "MaxPoolV2",
        [x, graph.Vector(1, 3, 2, 1), graph.Vector(1, 2, 1, 1)],
        ("T", AttributeValue.Of(DataType.DtFloat)),
        ("padding", AttributeValue.Of(padding)),
        ("data_format", AttributeValue.Of("NHWC"))));

    [Fact]
    public void MaxPoolWithArgmax_Greatest_IsReference() => Conformance.Check(7, 6, 3, (graph, x) => graph.Add(
        "MaxPoolWithArgmax",
        [x],
        ("T", AttributeValue.Of(DataType.DtFloat)),
        ("Targmax", AttributeValue.Of(DataType.DtInt64)),
        ("ksize", AttributeValue.List(1, 2, 3, 1)),
        ("strides", AttributeValue.List(1, 2, 1, 1)),
        ("padding", AttributeValue.Of("SAME")),
        ("include_batch_in_index", AttributeValue.Of(false))));

    [Theory]
    [MemberData(nameof(OpsAndPaddings))]
    public void Pool_Twice_IsReference(string op, string padding)
        => Conformance.Check(9, 11, 2, (graph, x) => graph.Pool(op, graph.Pool(op, x, (3, 3), (2, 2), padding), (2, 2), (2, 2), padding));

    [Theory]
    [InlineData("MaxPool")]
    [InlineData("AvgPool")]
    public void Pool_AfterPad_IsReference(string op)
        => Conformance.Check(7, 6, 3, (graph, x) => graph.Pool(op, graph.Pad(x, 0, 0, 1, 1, 1, 0, 0, 0), (3, 3), (2, 2), "VALID"));

    /// <summary>Inception's mean over the whole picture.</summary>
    [Fact]
    public void AvgPool_WholePictureThenSqueeze_IsReference()
        => Conformance.Check(5, 6, 3, (graph, x) => graph.Squeeze(graph.Pool("AvgPool", x, (5, 6), (1, 1), "VALID"), 1, 2));

    private static void Check(string op, string padding, (int Height, int Width) size, (int Height, int Width) kernel, (int Height, int Width) stride)
        => Conformance.Check(size.Height, size.Width, 3, (graph, x) => graph.Pool(op, x, kernel, stride, padding));
}
