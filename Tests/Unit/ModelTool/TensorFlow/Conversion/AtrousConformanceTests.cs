using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>SpaceToBatchND, convolution, BatchToSpaceND: how TensorFlow 1 writes a dilated convolution.</summary>
public sealed class AtrousConformanceTests
{
    [Theory]
    [InlineData(7, 7, 3, 2, 2)]
    [InlineData(8, 8, 3, 2, 2)]
    [InlineData(5, 9, 3, 2, 3)]
    [InlineData(9, 6, 2, 3, 1)]
    [InlineData(4, 4, 3, 4, 4)]
    public void SpaceToBatch_AroundConvolutionWithPaddingOfSame_IsReference(int height, int width, int kernel, int rateHeight, int rateWidth)
        => Conformance.Check(height, width, 3, (graph, x) =>
            Atrous(graph, x, height, width, kernel, (rateHeight, rateWidth), true, (g, blocks) => Convolution(g, blocks, kernel, kernel)));

    [Theory]
    [InlineData(7, 7, 3, 2, 2)]
    [InlineData(8, 9, 2, 2, 3)]
    [InlineData(9, 7, 3, 3, 1)]
    public void SpaceToBatch_AroundConvolutionWithoutPadding_IsReference(int height, int width, int kernel, int rateHeight, int rateWidth)
        => Conformance.Check(height, width, 3, (graph, x) =>
            Atrous(graph, x, height, width, kernel, (rateHeight, rateWidth), false, (g, blocks) => Convolution(g, blocks, kernel, kernel)));

    [Theory]
    [InlineData(7, 9, true)]
    [InlineData(9, 8, false)]
    public void SpaceToBatch_AroundDepthwise_IsReference(int height, int width, bool same) => Conformance.Check(height, width, 3, (graph, x) =>
        Atrous(graph, x, height, width, 3, (2, 2), same, (g, blocks) => g.Depthwise(blocks, g.Random(3, 3, 3, 2), padding: "VALID")));

    [Fact]
    public void SpaceToBatch_AroundConvolutionWithBiasBehind_IsReference() => Conformance.Check(7, 7, 3, (graph, x) => graph.Apply(
        "Relu",
        graph.BiasAdd(
            Atrous(graph, x, 7, 7, 3, (2, 2), true, (g, blocks) => Convolution(g, blocks, 3, 3)), graph.Random(3))));

    [Fact]
    public void SpaceToBatch_AroundConvolutionWithBias_IsReference() => Conformance.Check(7, 7, 3, (graph, x) =>
        Atrous(graph, x, 7, 7, 3, (2, 2), true, (g, blocks) => g.BiasAdd(Convolution(g, blocks, 3, 3), g.Random(3))));

    /// <summary>Whole layers, as tf.nn.with_space_to_batch can have them.</summary>
    [Fact]
    public void SpaceToBatch_AroundTwoConvolutions_IsReference() => Conformance.Check(8, 9, 3, (graph, x) =>
        Atrous(graph, x, 8, 9, 3, (2, 2), true, (g, blocks) => Convolution(g, Convolution(g, blocks, 2, 3), 2, 1)));

    [Fact]
    public void SpaceToBatch_AroundPoolAndBatchNorm_IsReference() => Conformance.Check(8, 9, 3, (graph, x) =>
        Atrous(graph, x, 8, 9, 3, (2, 2), true, (g, blocks)
            => g.FusedBatchNorm("FusedBatchNorm", g.Pool("MaxPool", blocks, (3, 3), (1, 1), "VALID"), 3, 0.001f)));

    /// <summary>Keras pads the picture to whole blocks and lets the convolution pad within them.</summary>
    [Fact]
    public void SpaceToBatch_AroundConvolutionThatPads_IsReference() => Conformance.Check(6, 8, 3, (graph, x) =>
    {
        var blocks = graph.BatchBlock("SpaceToBatchND", x, (2, 2), 0, 0, 0, 0);
        return graph.BatchBlock("BatchToSpaceND", graph.Conv2D(blocks, graph.Random(3, 3, 3, 4)), (2, 2), 0, 0, 0, 0);
    });

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(2, 0, 1, 3)]
    [InlineData(1, 1, 4, 0)]
    public void SpaceToBatch_NothingBetween_IsReference(int top, int bottom, int left, int right) => Conformance.Check(6, 8, 3, (graph, x) =>
        graph.BatchBlock("BatchToSpaceND", graph.BatchBlock("SpaceToBatchND", x, (2, 2), top, bottom, left, right), (2, 2), 1, 0, 0, 1));

    [Fact]
    public void SpaceToBatch_Alone_IsReference()
        => Conformance.Check(4, 6, 3, (graph, x) => graph.BatchBlock("SpaceToBatchND", x, (2, 3), 0, 0, 0, 0));

    private static string Convolution(TestGraph graph, string blocks, int height, int width)
        => graph.Conv2D(blocks, graph.Random(height, width, 3, 3), padding: "VALID");

    /// <summary>The picture is padded to what a dilated window needs and to whole blocks; what the latter added is cropped from the result.</summary>
    private static string Atrous(
        TestGraph graph, string x, int height, int width, int kernel, (int Height, int Width) rate, bool same, Func<TestGraph, string, string> convolution)
    {
        var (top, bottom) = Window(kernel, rate.Height, same);
        var (left, right) = Window(kernel, rate.Width, same);
        var (extraHeight, extraWidth) = (Extra(height + top + bottom, rate.Height), Extra(width + left + right, rate.Width));
        var blocks = graph.BatchBlock("SpaceToBatchND", x, rate, top, bottom + extraHeight, left, right + extraWidth);
        return graph.BatchBlock("BatchToSpaceND", convolution(graph, blocks), rate, 0, extraHeight, 0, extraWidth);
    }

    private static (int Before, int After) Window(int kernel, int rate, bool same)
        => same ? ((kernel - 1) * rate / 2, ((kernel - 1) * rate) - ((kernel - 1) * rate / 2)) : (0, 0);

    private static int Extra(int size, int block) => (block - (size % block)) % block;
}
