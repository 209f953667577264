using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>DepthwiseConv2dNative, alone and in MobileNet's pairs.</summary>
public sealed class DepthwiseConformanceTests
{
    [Theory]
    [InlineData(7, 7, 3, 3, 1, 1, "SAME")]
    [InlineData(7, 7, 3, 3, 2, 1, "SAME")]
    [InlineData(8, 8, 3, 3, 2, 1, "SAME")]
    [InlineData(9, 5, 5, 2, 3, 1, "SAME")]
    [InlineData(2, 3, 5, 5, 2, 1, "SAME")]
    [InlineData(1, 1, 3, 3, 1, 2, "SAME")]
    [InlineData(7, 5, 3, 3, 2, 2, "SAME")]
    [InlineData(5, 9, 2, 3, 1, 3, "SAME")]
    [InlineData(7, 7, 3, 3, 1, 1, "VALID")]
    [InlineData(9, 6, 3, 2, 2, 2, "VALID")]
    [InlineData(5, 5, 5, 5, 1, 3, "VALID")]
    public void Depthwise_SizesStridesAndMultipliers_IsReference(
        int height, int width, int kernelHeight, int kernelWidth, int stride, int multiplier, string padding)
        => Conformance.Check(
            height, width, 3, (graph, x) => graph.Depthwise(x, graph.Random(kernelHeight, kernelWidth, 3, multiplier), (stride, stride), padding));

    [Theory]
    [InlineData("SAME", 1)]
    [InlineData("SAME", 2)]
    [InlineData("VALID", 1)]
    [InlineData("VALID", 3)]
    public void Depthwise_Dilations_IsReference(string padding, int multiplier) => Conformance.Check(
        9, 10, 2, (graph, x) => graph.Depthwise(x, graph.Random(3, 3, 2, multiplier), (1, 1), padding, (2, 3)));

    [Fact]
    public void Depthwise_OneChannel_IsReference() => Conformance.Check(7, 5, 1, (graph, x) => graph.Depthwise(x, graph.Random(3, 3, 1, 4), (2, 2)));

    [Theory]
    [InlineData(1, "FusedBatchNorm")]
    [InlineData(2, "FusedBatchNormV3")]
    public void Depthwise_ThenPointwiseWithBatchNorms_IsReference(int stride, string normalization) => Conformance.Check(7, 9, 4, (graph, x) =>
    {
        var depthwise = graph.Depthwise(x, graph.Random(3, 3, 4, 1), (stride, stride));
        var first = graph.Apply("Relu6", graph.FusedBatchNorm(normalization, depthwise, 4, 0.001f));
        var pointwise = graph.Conv2D(first, graph.Random(1, 1, 4, 6));
        return graph.Apply("Relu6", graph.FusedBatchNorm(normalization, pointwise, 6, 0.001f));
    });

    [Fact]
    public void Depthwise_BatchNormWrittenOutWithMultiplier_IsReference() => Conformance.Check(6, 5, 3, (graph, x) =>
    {
        var depthwise = graph.Depthwise(x, graph.Random(3, 3, 3, 2));
        return graph.Apply("Add", graph.Apply("Mul", depthwise, graph.Random(6)), graph.Random(6));
    });
}
