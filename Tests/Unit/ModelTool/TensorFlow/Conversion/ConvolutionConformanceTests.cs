using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>Conv2D.</summary>
public sealed class ConvolutionConformanceTests
{
    [Theory]
    [InlineData(7, 7, 3, 3, 1, 1)]
    [InlineData(7, 7, 3, 3, 2, 2)]
    [InlineData(8, 8, 3, 3, 2, 2)]
    [InlineData(5, 9, 2, 2, 1, 2)]
    [InlineData(5, 9, 5, 3, 2, 1)]
    [InlineData(6, 9, 2, 5, 3, 2)]
    [InlineData(9, 5, 1, 1, 2, 3)]
    [InlineData(10, 7, 1, 3, 3, 3)]
    [InlineData(11, 11, 7, 7, 4, 4)]
    [InlineData(1, 1, 1, 1, 1, 1)]
    public void Conv2D_SizesAndStrides_IsReference(int height, int width, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth)
        => Assert.Multiple(
            () => Check("SAME", height, width, (kernelHeight, kernelWidth), (strideHeight, strideWidth), (1, 1)),
            () => Check("VALID", height, width, (kernelHeight, kernelWidth), (strideHeight, strideWidth), (1, 1)));

    [Theory]
    [InlineData(1, 1, 3, 3, 1, 1)]
    [InlineData(1, 1, 5, 5, 2, 2)]
    [InlineData(2, 3, 5, 5, 1, 1)]
    [InlineData(3, 2, 5, 2, 3, 1)]
    [InlineData(2, 7, 3, 3, 2, 2)]
    public void Conv2D_KernelGreaterThanPicture_IsReference(int height, int width, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth)
        => Check("SAME", height, width, (kernelHeight, kernelWidth), (strideHeight, strideWidth), (1, 1));

    [Theory]
    [InlineData(7, 7, 3, 3, 2, 2)]
    [InlineData(9, 8, 3, 2, 3, 2)]
    [InlineData(10, 9, 2, 5, 1, 2)]
    [InlineData(7, 13, 3, 5, 2, 3)]
    public void Conv2D_Dilations_IsReference(int height, int width, int kernelHeight, int kernelWidth, int dilationHeight, int dilationWidth)
        => Assert.Multiple(
            () => Check("SAME", height, width, (kernelHeight, kernelWidth), (1, 1), (dilationHeight, dilationWidth)),
            () => Check("VALID", height, width, (kernelHeight, kernelWidth), (1, 1), (dilationHeight, dilationWidth)));

    [Theory]
    [InlineData("SAME")]
    [InlineData("VALID")]
    public void Conv2D_StridesAndDilations_IsReference(string padding) => Check(padding, 9, 11, (3, 3), (2, 3), (2, 2));

    [Theory]
    [InlineData(0, 0, 0, 0, 1, 1)]
    [InlineData(1, 1, 1, 1, 2, 2)]
    [InlineData(0, 1, 2, 3, 1, 1)]
    [InlineData(3, 0, 1, 0, 2, 3)]
    public void Conv2D_ExplicitPadding_IsReference(int top, int bottom, int left, int right, int strideHeight, int strideWidth) => Conformance.Check(
        7, 6, 3, (graph, x) => graph.Conv2D(x, graph.Random(3, 2, 3, 4), (strideHeight, strideWidth), "EXPLICIT", around: [0, 0, top, bottom, left, right, 0, 0]));

    [Theory]
    [InlineData(4, 2, 4, "SAME")]
    [InlineData(4, 2, 6, "VALID")]
    [InlineData(6, 3, 3, "SAME")]
    [InlineData(3, 3, 6, "SAME")]
    public void Conv2D_GroupsOfChannels_IsReference(int channels, int groups, int filters, string padding) => Conformance.Check(
        7, 5, channels, (graph, x) => graph.Conv2D(x, graph.Random(3, 3, channels / groups, filters), (2, 1), padding));

    [Theory]
    [InlineData("SAME")]
    [InlineData("VALID")]
    public void Conv2D_ThenBiasAndRelu_IsReference(string padding) => Conformance.Check(
        7, 9, 3, (graph, x) => graph.Apply("Relu", graph.BiasAdd(graph.Conv2D(x, graph.Random(3, 3, 3, 5), (2, 2), padding), graph.Random(5))));

    [Fact]
    public void Conv2D_BiasByAdd_IsReference() => Conformance.Check(
        5, 7, 2, (graph, x) => graph.Apply("Add", graph.Conv2D(x, graph.Random(3, 3, 2, 4)), graph.Random(4)));

    [Fact]
    public void Conv2D_OneFilter_IsReference() => Conformance.Check(6, 5, 1, (graph, x) => graph.Conv2D(x, graph.Random(2, 3, 1, 1), (1, 2)));

    [Fact]
    public void Conv2D_FilterOfTwoConvolutions_IsReference() => Conformance.Check(6, 5, 3, (graph, x) =>
    {
        var filter = graph.Random(3, 3, 3, 3);
        return graph.Conv2D(graph.Conv2D(x, filter), filter, (2, 2));
    });

    [Fact]
    public void Conv2D_FilterReadThroughIdentity_IsReference() => Conformance.Check(
        6, 5, 3, (graph, x) => graph.Conv2D(x, graph.Apply("Identity", graph.Random(3, 3, 3, 4)), padding: "VALID"));

    [Fact]
    public void Conv2D_ComputedFilter_IsReference() => Conformance.Check(
        6, 5, 3, (graph, x) => graph.Conv2D(x, graph.Apply("Mul", graph.Random(3, 3, 3, 4), graph.Random(4))));

    [Theory]
    [InlineData("SAME")]
    [InlineData("VALID")]
    public void Conv2D_AfterPad_IsReference(string padding) => Conformance.Check(
        7, 8, 3, (graph, x) => graph.Conv2D(graph.Pad(x, 0, 0, 1, 1, 2, 0, 0, 0), graph.Random(3, 3, 3, 4), (2, 2), padding));

    private static void Check(
        string padding, int height, int width, (int Height, int Width) kernel, (int Height, int Width) stride, (int Height, int Width) dilation)
        => Conformance.Check(height, width, 3, (graph, x) => graph.Conv2D(x, graph.Random(kernel.Height, kernel.Width, 3, 4), stride, padding, dilation));
}
