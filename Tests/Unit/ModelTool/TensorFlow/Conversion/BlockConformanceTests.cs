using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>SpaceToDepth and DepthToSpace.</summary>
public sealed class BlockConformanceTests
{
    [Theory]
    [InlineData(4, 6, 1, 2)]
    [InlineData(6, 4, 3, 2)]
    [InlineData(3, 6, 2, 3)]
    public void SpaceToDepth_Blocks_IsReference(int height, int width, int channels, int block)
        => Conformance.Check(height, width, channels, (graph, x) => graph.Block("SpaceToDepth", x, block));

    [Theory]
    [InlineData(5, 3, 4, 2)]
    [InlineData(3, 4, 12, 2)]
    [InlineData(2, 1, 18, 3)]
    public void DepthToSpace_Blocks_IsReference(int height, int width, int channels, int block)
        => Conformance.Check(height, width, channels, (graph, x) => graph.Block("DepthToSpace", x, block));

    [Fact]
    public void SpaceToDepth_ConvolutionAndBack_IsReference() => Conformance.Check(4, 6, 3, (graph, x) => graph.Block(
        "DepthToSpace", graph.Conv2D(graph.Block("SpaceToDepth", x, 2), graph.Random(3, 3, 12, 8)), 2));
}
