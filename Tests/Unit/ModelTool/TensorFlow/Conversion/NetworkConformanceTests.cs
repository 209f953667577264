using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>Blocks of the networks, whole: where values meet that are held in different layouts.</summary>
public sealed class NetworkConformanceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ResNet_BlockOfVersion1_IsReference(int stride) => Conformance.Check(7, 9, 4, (graph, x) =>
    {
        var first = graph.Apply("Relu", Normalized(graph, graph.Conv2D(x, graph.Random(1, 1, 4, 3)), 3));
        var second = graph.Apply("Relu", Normalized(graph, graph.Conv2D(first, graph.Random(3, 3, 3, 3), (stride, stride)), 3));
        var third = Normalized(graph, graph.Conv2D(second, graph.Random(1, 1, 3, 4)), 4);
        var shortcut = stride == 1 ? x : Normalized(graph, graph.Conv2D(x, graph.Random(1, 1, 4, 4), (stride, stride)), 4);
        return graph.Apply("Relu", graph.Apply("Add", shortcut, third));
    });

    /// <summary>Slim's second version: normalised first, a shortcut by pooling with a window of one.</summary>
    [Fact]
    public void ResNet_BlockOfVersion2_IsReference() => Conformance.Check(7, 9, 4, (graph, x) =>
    {
        var first = graph.Apply("Relu", Normalized(graph, x, 4));
        var second = graph.Conv2D(graph.Pad(first, 0, 0, 1, 1, 1, 1, 0, 0), graph.Random(3, 3, 4, 4), (2, 2), "VALID");
        return graph.Apply("Add", graph.Pool("MaxPool", x, (1, 1), (2, 2), "SAME"), graph.BiasAdd(second, graph.Random(4)));
    });

    [Fact]
    public void Inception_Module_IsReference() => Conformance.Check(7, 5, 4, (graph, x) => graph.Concat(
        3,
        Layer(graph, x, 1, 1, 4, 3),
        Layer(graph, Layer(graph, x, 1, 1, 4, 2), 3, 3, 2, 4),
        Layer(graph, Layer(graph, Layer(graph, x, 1, 1, 4, 2), 1, 7, 2, 3), 7, 1, 3, 2),
        Layer(graph, graph.Pool("AvgPool", x, (3, 3), (1, 1), "SAME"), 1, 1, 4, 2)));

    [Fact]
    public void SqueezeNet_Fire_IsReference() => Conformance.Check(7, 5, 4, (graph, x) =>
    {
        var squeezed = Layer(graph, x, 1, 1, 4, 2);
        return graph.Pool("MaxPool", graph.Concat(-1, Layer(graph, squeezed, 1, 1, 2, 3), Layer(graph, squeezed, 3, 3, 2, 3)), (3, 3), (2, 2), "VALID");
    });

    [Fact]
    public void SqueezeAndExcite_ByDenseLayers_IsReference() => Conformance.Check(7, 5, 4, (graph, x) =>
    {
        var hidden = graph.Apply("Relu", graph.MatMul(graph.Reduce("Mean", x, graph.Vector(1, 2), keepDims: false), graph.Random(4, 2)));
        return graph.Apply("Mul", x, graph.Reshape(graph.Apply("Sigmoid", graph.MatMul(hidden, graph.Random(2, 4))), -1, 1, 1, 4));
    });

    [Fact]
    public void SqueezeAndExcite_ByConvolutions_IsReference() => Conformance.Check(7, 5, 4, (graph, x) =>
    {
        var hidden = graph.Conv2D(graph.Reduce("Mean", x, graph.Vector(1, 2), keepDims: true), graph.Random(1, 1, 4, 2));
        return graph.Apply("Mul", graph.Apply("Sigmoid", graph.Conv2D(graph.Apply("Relu", hidden), graph.Random(1, 1, 2, 4))), x);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void MobileNet_InvertedResidual_IsReference(int stride) => Conformance.Check(7, 5, 4, (graph, x) =>
    {
        var expanded = graph.Apply("Relu6", Normalized(graph, graph.Conv2D(x, graph.Random(1, 1, 4, 6)), 6));
        var depthwise = graph.Apply("Relu6", Normalized(graph, graph.Depthwise(expanded, graph.Random(3, 3, 6, 1), (stride, stride)), 6));
        var projected = Normalized(graph, graph.Conv2D(depthwise, graph.Random(1, 1, 6, 4)), 4);
        return stride == 1 ? graph.Apply("Add", x, projected) : projected;
    });

    /// <summary>What is read twice, once as a picture and once flat.</summary>
    [Fact]
    public void Convolution_ReadAsPictureAndFlat_IsReference() => Conformance.Check(4, 3, 2, (graph, x) =>
    {
        var convolution = graph.Conv2D(x, graph.Random(3, 3, 2, 3));
        var flat = graph.MatMul(graph.Reshape(convolution, -1, 36), graph.Random(36, 3));
        return graph.Apply("Add", convolution, graph.Reshape(flat, -1, 1, 1, 3));
    });

    [Theory]
    [InlineData(28, 28, 1)]
    [InlineData(17, 21, 3)]
    public void Tutorial_Network_IsReference(int height, int width, int channels) => Conformance.CheckNetwork(height, width, channels, (graph, x) =>
    {
        var first = graph.Pool("MaxPool", Layer(graph, x, 5, 5, channels, 4), (2, 2), (2, 2), "SAME");
        var second = graph.Pool("MaxPool", Layer(graph, first, 3, 3, 4, 5), (2, 2), (2, 2), "SAME");
        var features = (height + 3) / 4 * ((width + 3) / 4) * 5;
        var product = graph.MatMul(graph.Reshape(second, -1, features), graph.RandomIn(-0.1f, 0.1f, features, 16));
        var hidden = graph.Apply("Relu", graph.Apply("Add", product, graph.Random(16)));
        return graph.Apply("Softmax", graph.Apply("Add", graph.MatMul(hidden, graph.RandomIn(-0.1f, 0.1f, 16, 3)), graph.Random(3)));
    });

    [Fact]
    public void AlexNet_Small_IsReference() => Conformance.CheckNetwork(35, 39, 3, (graph, x) =>
    {
        var first = graph.BiasAdd(graph.Conv2D(x, graph.Random(11, 11, 3, 6), (4, 4), "VALID"), graph.Random(6));
        var pooled = graph.Pool("MaxPool", graph.LocalResponseNormalization(graph.Apply("Relu", first), 2, 1, 2e-5f, 0.75f), (3, 3), (2, 2), "VALID");
        var (inputs, filters) = (graph.Split(pooled, 3, 2), graph.Split(graph.Random(5, 5, 3, 8), 3, 2));
        var groups = graph.Concat(3, graph.Conv2D(inputs, filters), graph.Conv2D(inputs + ":1", filters + ":1"));
        var second = graph.Apply("Relu", graph.Reshape(graph.BiasAdd(groups, graph.Random(8)), graph.Shape(groups)));
        return graph.Apply("Softmax", graph.MatMul(graph.Reshape(second, -1, 72), graph.RandomIn(-0.05f, 0.05f, 72, 4)));
    });

    private static string Layer(TestGraph graph, string x, int height, int width, int from, int to)
        => graph.Apply("Relu", graph.BiasAdd(graph.Conv2D(x, graph.Random(height, width, from, to)), graph.Random(to)));

    private static string Normalized(TestGraph graph, string x, int channels) => graph.FusedBatchNorm("FusedBatchNorm", x, channels, 0.001f);
}
