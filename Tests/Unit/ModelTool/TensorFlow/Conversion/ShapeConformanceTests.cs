using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>Squeeze, ExpandDims, Transpose, Tile, Shape.</summary>
public sealed class ShapeConformanceTests
{
    [Theory]
    [InlineData(1, 1, 4, new[] { 1, 2 })]
    [InlineData(1, 1, 4, new[] { -3, -2 })]
    [InlineData(1, 1, 4, new[] { 1 })]
    [InlineData(1, 5, 4, new[] { 1 })]
    [InlineData(5, 1, 4, new[] { 2 })]
    [InlineData(5, 3, 1, new[] { 3 })]
    [InlineData(5, 3, 1, new[] { -1 })]
    [InlineData(1, 3, 1, new[] { 1, 3 })]
    public void Squeeze_Axes_IsReference(int height, int width, int channels, int[] axes)
        => Conformance.Check(height, width, channels, (graph, x) => graph.Squeeze(x, axes));

    /// <summary>The pictures stay an axis even where there is one of them: the number of axes cannot depend on it.</summary>
    [Theory]
    [InlineData(1, 1, 4)]
    [InlineData(5, 1, 3)]
    [InlineData(5, 4, 1)]
    public void Squeeze_AllOfSizeOne_IsReferenceOfSeveral(int height, int width, int channels)
        => Conformance.CheckNetwork(height, width, channels, (graph, x) => graph.Squeeze(graph.Apply("Neg", x)), 3);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(-1)]
    [InlineData(-2)]
    public void ExpandDims_OfPicture_IsReference(int axis) => Conformance.Check(5, 4, 3, (graph, x) => graph.ExpandDims(x, axis));

    /// <summary>From rank 2 to a picture of one pixel and on into a convolution.</summary>
    [Fact]
    public void ExpandDims_Twice_IsReference() => Conformance.Check(
        5, 4, 3, (graph, x) => graph.ExpandDims(graph.ExpandDims(graph.Reduce("Mean", x, graph.Vector(1, 2), keepDims: false), 1), 1));

    /// <summary>How TensorFlow writes a one-dimensional convolution.</summary>
    [Fact]
    public void ExpandDims_ConvolutionOfOneDimension_IsReference() => Conformance.Check(1, 7, 3, (graph, x) => graph.Squeeze(
        graph.Conv2D(graph.ExpandDims(graph.Squeeze(x, 1), 1), graph.Random(1, 3, 3, 4), padding: "VALID"), 1));

    [Theory]
    [InlineData(0, 3, 1, 2)]
    [InlineData(0, 2, 3, 1)]
    [InlineData(0, 2, 1, 3)]
    [InlineData(0, 1, 3, 2)]
    [InlineData(0, 3, 2, 1)]
    [InlineData(0, 1, 2, 3)]
    [InlineData(3, 0, 1, 2)]
    [InlineData(1, 2, 0, 3)]
    public void Transpose_Orders_IsReference(int first, int second, int third, int fourth)
        => Conformance.Check(5, 4, 3, (graph, x) => graph.Transpose(x, first, second, third, fourth));

    [Fact]
    public void Transpose_ThereAndBack_IsReference()
        => Conformance.Check(5, 4, 3, (graph, x) => graph.Transpose(graph.Apply("Relu", graph.Transpose(x, 0, 3, 1, 2)), 0, 2, 3, 1));

    /// <summary>A tensor that is channels first in TensorFlow is flattened channels first.</summary>
    [Fact]
    public void Transpose_ToChannelsFirstThenFlat_IsReference()
        => Conformance.Check(5, 4, 3, (graph, x) => graph.Reshape(graph.Transpose(x, 0, 3, 1, 2), -1, 60));

    [Fact]
    public void Transpose_DenseLayerTwice_IsReference() => Conformance.Check(5, 4, 3, (graph, x) =>
        graph.Transpose(graph.Apply("Relu", graph.Transpose(graph.Reshape(x, -1, 60), 1, 0)), 1, 0));

    [Theory]
    [InlineData(1, 1, 1, 2)]
    [InlineData(1, 2, 1, 1)]
    [InlineData(1, 1, 3, 1)]
    [InlineData(1, 2, 3, 2)]
    [InlineData(2, 1, 1, 1)]
    public void Tile_Multiples_IsReference(int batch, int height, int width, int channels)
        => Conformance.Check(5, 4, 3, (graph, x) => graph.Tile(x, batch, height, width, channels));

    /// <summary>Grey to RGB.</summary>
    [Fact]
    public void Tile_OneChannelThenConvolution_IsReference() => Conformance.Check(
        5, 3, 1, (graph, x) => graph.Conv2D(graph.Tile(x, 1, 1, 1, 3), graph.Random(3, 3, 3, 4)));

    [Fact]
    public void Tile_PooledOverPicture_IsReference() => Conformance.Check(5, 4, 3, (graph, x) => graph.Concat(
        3, graph.Tile(graph.Reduce("Mean", x, graph.Vector(1, 2), keepDims: true), 1, 5, 4, 1), x));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Shape_OneSizeInArithmetic_IsReference(int axis) => Conformance.Check(5, 4, 3, (graph, x) =>
        graph.Apply("RealDiv", x, graph.Cast(graph.SizeOf(x, axis), DataType.DtInt32, DataType.DtFloat)));

    /// <summary>The batch is known only when the model runs.</summary>
    [Fact]
    public void Shape_BatchInArithmetic_IsReference() => Conformance.Check(5, 4, 3, (graph, x) =>
        graph.Apply("Mul", x, graph.Cast(graph.SizeOf(x, 0), DataType.DtInt32, DataType.DtFloat)));
}
