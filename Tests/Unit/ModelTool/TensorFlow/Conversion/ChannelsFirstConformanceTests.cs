using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>Ops with data_format NCHW, as graphs made for GPUs have them: between transposes, or throughout.</summary>
public sealed class ChannelsFirstConformanceTests
{
    private const string Format = "NCHW";

    [Theory]
    [InlineData("SAME", 2, 1)]
    [InlineData("VALID", 1, 2)]
    public void Conv2D_ChannelsFirst_IsReference(string padding, int strideHeight, int strideWidth)
        => Check((graph, x) => graph.Conv2D(x, graph.Random(3, 2, 4, 3), (strideHeight, strideWidth), padding, format: Format));

    [Fact]
    public void Conv2D_ChannelsFirstDilated_IsReference()
        => Check((graph, x) => graph.Conv2D(x, graph.Random(3, 2, 4, 3), dilation: (2, 3), format: Format));

    [Fact]
    public void Conv2D_ChannelsFirstExplicitPadding_IsReference()
        => Check((graph, x) => graph.Conv2D(x, graph.Random(3, 2, 4, 3), padding: "EXPLICIT", format: Format, around: [0, 0, 0, 0, 1, 2, 3, 0]));

    [Theory]
    [InlineData("SAME", 2)]
    [InlineData("VALID", 1)]
    public void Depthwise_ChannelsFirst_IsReference(string padding, int multiplier)
        => Check((graph, x) => graph.Depthwise(x, graph.Random(3, 2, 4, multiplier), (2, 2), padding, format: Format));

    [Theory]
    [InlineData("MaxPool", "SAME")]
    [InlineData("MaxPool", "VALID")]
    [InlineData("AvgPool", "SAME")]
    [InlineData("AvgPool", "VALID")]
    public void Pool_ChannelsFirst_IsReference(string op, string padding) => Check((graph, x) => graph.Pool(op, x, (3, 2), (2, 3), padding, Format));

    [Fact]
    public void BiasAdd_ChannelsFirst_IsReference() => Check((graph, x) => graph.BiasAdd(x, graph.Random(4), Format));

    [Theory]
    [InlineData("FusedBatchNorm")]
    [InlineData("FusedBatchNormV3")]
    public void FusedBatchNorm_ChannelsFirst_IsReference(string op) => Check((graph, x) => graph.FusedBatchNorm(op, x, 4, 0.001f, Format));

    [Fact]
    public void DepthToSpace_ChannelsFirst_IsReference() => Check((graph, x) => graph.Block("DepthToSpace", x, 2, Format));

    [Fact]
    public void SpaceToDepth_ChannelsFirst_IsReference()
        => Check((graph, x) => graph.Block("SpaceToDepth", graph.Pad(x, 0, 0, 0, 0, 1, 0, 0, 1), 2, Format));

    [Fact]
    public void Block_ChannelsFirstThroughout_IsReference() => Check((graph, x) =>
    {
        var padded = graph.Pad(x, 0, 0, 0, 0, 1, 1, 0, 1);
        var convolution = graph.Conv2D(padded, graph.Random(3, 3, 4, 4), (2, 2), "VALID", format: Format);
        var first = graph.Apply("Relu", graph.FusedBatchNorm("FusedBatchNormV3", convolution, 4, 0.001f, Format));
        var joined = graph.Concat(1, first, graph.Apply("Mul", first, graph.Random(4, 1, 1)));
        return graph.Apply("Add", joined, graph.Reduce("Mean", joined, graph.Vector(2, 3), keepDims: true));
    });

    [Fact]
    public void Mean_ChannelsFirstThenDense_IsReference() => Conformance.Check(5, 7, 4, (graph, x) =>
    {
        var convolution = graph.Conv2D(graph.Transpose(x, 0, 3, 1, 2), graph.Random(3, 3, 4, 6), format: Format);
        return graph.MatMul(graph.Reduce("Mean", convolution, graph.Vector(2, 3), keepDims: false), graph.Random(6, 3));
    });

    /// <summary>Flattened channels first, as such graphs do it.</summary>
    [Fact]
    public void Flatten_ChannelsFirst_IsReference() => Conformance.Check(5, 7, 4, (graph, x) => graph.MatMul(
        graph.Reshape(graph.Pool("MaxPool", graph.Transpose(x, 0, 3, 1, 2), (2, 2), (2, 2), "SAME", Format), -1, 48), graph.Random(48, 3)));

    /// <summary>An op on NCHW, left so and brought back to NHWC.</summary>
    private static void Check(Func<TestGraph, string, string> op) => Assert.Multiple(
        () => Conformance.Check(5, 7, 4, (graph, x) => op(graph, graph.Transpose(x, 0, 3, 1, 2))),
        () => Conformance.Check(5, 7, 4, (graph, x) => graph.Transpose(op(graph, graph.Transpose(x, 0, 3, 1, 2)), 0, 2, 3, 1)));
}
