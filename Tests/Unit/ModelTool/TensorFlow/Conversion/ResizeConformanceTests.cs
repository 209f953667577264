using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>ResizeBilinear and ResizeNearestNeighbor in TensorFlow's three ways to place pixels.</summary>
public sealed class ResizeConformanceTests
{
    public static TheoryData<string, bool, bool> Ways => new()
    {
        { "ResizeBilinear", false, false }, { "ResizeBilinear", true, false }, { "ResizeBilinear", false, true },
        { "ResizeNearestNeighbor", false, false }, { "ResizeNearestNeighbor", true, false }, { "ResizeNearestNeighbor", false, true },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Resize_Sizes_IsReference(string op, bool alignCorners, bool halfPixelCenters) => Assert.Multiple(
        () => Check(op, alignCorners, halfPixelCenters, (5, 7), (10, 14)),
        () => Check(op, alignCorners, halfPixelCenters, (5, 7), (9, 13)),
        () => Check(op, alignCorners, halfPixelCenters, (7, 5), (11, 12)),
        () => Check(op, alignCorners, halfPixelCenters, (8, 9), (4, 3)),
        () => Check(op, alignCorners, halfPixelCenters, (9, 11), (4, 5)),
        () => Check(op, alignCorners, halfPixelCenters, (5, 7), (5, 7)),
        () => Check(op, alignCorners, halfPixelCenters, (5, 4), (1, 1)),
        () => Check(op, alignCorners, halfPixelCenters, (1, 1), (3, 4)),
        () => Check(op, alignCorners, halfPixelCenters, (4, 6), (6, 1)));

    /// <summary>Points on the border of two pixels, where rounding decides.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void ResizeNearestNeighbor_PointBetweenPixels_IsReference(bool alignCorners, bool halfPixelCenters) => Assert.Multiple(
        () => Check("ResizeNearestNeighbor", alignCorners, halfPixelCenters, (30, 60), (4, 2)),
        () => Check("ResizeNearestNeighbor", alignCorners, halfPixelCenters, (28, 12), (2, 2)),
        () => Check("ResizeNearestNeighbor", alignCorners, halfPixelCenters, (49, 18), (21, 3)));

    /// <summary>Keras' upsampling: the size is computed from the shape.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void Resize_TwiceTheShape_IsReference(string op, bool alignCorners, bool halfPixelCenters) => Conformance.Check(5, 6, 3, (graph, x) =>
    {
        var size = graph.StridedSlice(graph.Shape(x), [1], [3], [1], type: DataType.DtInt32);
        return graph.Resize(op, x, graph.ApplyInt("Mul", size, graph.Vector(2, 2)), alignCorners, halfPixelCenters);
    });

    /// <summary>In front of the network, to its size.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void Resize_ThenConvolution_IsReference(string op, bool alignCorners, bool halfPixelCenters) => Conformance.Check(
        6, 5, 3, (graph, x) => graph.Conv2D(graph.Resize(op, x, graph.Vector(8, 9), alignCorners, halfPixelCenters), graph.Random(3, 3, 3, 2), (2, 2)));

    private static void Check(string op, bool alignCorners, bool halfPixelCenters, (int Height, int Width) from, (int Height, int Width) to) => Conformance.Check(
        from.Height, from.Width, 3, (graph, x) => graph.Resize(op, x, graph.Vector(to.Height, to.Width), alignCorners, halfPixelCenters));
}
