using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>Graphs that take any number of pictures by their placeholder, but work for one only.</summary>
public sealed class OnePictureConformanceTests
{
    [Fact]
    public void Reshape_OneRow_IsReference() => Check((graph, x) => graph.MatMul(graph.Reshape(x, 1, 60), graph.Random(60, 3)));

    [Fact]
    public void Reshape_Vector_IsReference() => Check((graph, x) => graph.Apply("Softmax", graph.Reshape(x, 60)));

    /// <summary>x[0]</summary>
    [Fact]
    public void StridedSlice_FirstPicture_IsReference() => Check((graph, x) => graph.Apply("Relu", graph.StridedSlice(x, [0], [1], [1], shrink: 1)));

    [Fact]
    public void Gather_FirstPicture_IsReference() => Check((graph, x) => graph.Gather(x, graph.Vector(0), 0));

    [Fact]
    public void Squeeze_PicturesThenExpandDims_IsReference()
        => Check((graph, x) => graph.Conv2D(graph.ExpandDims(graph.Apply("Neg", graph.Squeeze(x, 0)), 0), graph.Random(3, 3, 3, 4)));

    [Fact]
    public void Pad_Pictures_IsReference() => Check((graph, x) => graph.Pad(x, 1, 0, 0, 0, 0, 0, 0, 0));

    [Fact]
    public void Unpack_Pictures_IsReference() => Check((graph, x) => graph.Unpack(x, 0, 1));

    private static void Check(Func<TestGraph, string, string> network) => Conformance.CheckNetwork(5, 4, 3, network, 1);
}
