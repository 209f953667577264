using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>Concat, Split, Pack, Unpack.</summary>
public sealed class JoinConformanceTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(-3)]
    [InlineData(0)]
    public void ConcatV2_EachAxis_IsReference(int axis)
        => Conformance.Check(5, 3, 2, (graph, x) => graph.Concat(axis, x, graph.Apply("Relu", x), graph.Apply("Neg", x)));

    /// <summary>One part may be held channels first and the other not.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ConcatV2_ConvolutionAndOther_IsReference(int axis) => Conformance.Check(
        5, 3, 2, (graph, x) => graph.Concat(axis, graph.Reshape(graph.Reshape(x, -1, 30), -1, 5, 3, 2), graph.Conv2D(x, graph.Random(3, 3, 2, 2)), x));

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void ConcatV2_DifferentSizes_IsReference(int axis) => Conformance.Check(5, 3, 2, (graph, x) => axis == 3
        ? graph.Concat(3, graph.Conv2D(x, graph.Random(1, 1, 2, 3)), graph.Pool("MaxPool", x, (3, 3), (1, 1), "SAME"), graph.Conv2D(x, graph.Random(3, 3, 2, 1)))
        : graph.Concat(1, graph.Slice(x, [0, 1, 0, 0], [-1, 2, -1, -1]), x));

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void ConcatV2_ConstantRow_IsReference(int axis) => Conformance.Check(5, 3, 2, (graph, x) =>
    {
        // A constant has no batch: it gets the picture's by broadcasting.
        var constant = graph.Apply("Add", graph.Apply("Mul", x, graph.Scalar(0f)), graph.Random(1, 1, 1, 2));
        return graph.Concat(axis, constant, x);
    });

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    public void Concat_AxisFirst_IsReference(int axis) => Conformance.Check(5, 3, 2, (graph, x) => graph.OldConcat(axis, x, graph.Apply("Relu", x)));

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void ConcatV2_DenseLayers_IsReference(int axis) => Conformance.Check(5, 3, 2, (graph, x) =>
    {
        var flat = graph.Reshape(x, -1, 30);
        return graph.Concat(axis, graph.MatMul(flat, graph.Random(30, 4)), flat);
    });

    [Theory]
    [InlineData(3, 2)]
    [InlineData(-1, 4)]
    [InlineData(1, 3)]
    [InlineData(2, 2)]
    public void Split_PartsInOtherOrder_IsReference(int axis, int count) => Conformance.Check(6, 4, 4, (graph, x) =>
    {
        var split = graph.Split(x, axis, count);
        return graph.Concat(axis, [.. Enumerable.Range(0, count).Reverse().Select(port => port == 0 ? split : $"{split}:{port}")]);
    });

    [Theory]
    [InlineData(3, 1, 3)]
    [InlineData(3, 3, -1)]
    [InlineData(1, 2, 4)]
    [InlineData(2, -1, 1)]
    public void SplitV_OnePart_IsReference(int axis, int first, int second) => Conformance.Check(
        6, 4, 4, (graph, x) => graph.SplitV(x, axis, first, second) + ":1");

    [Theory]
    [InlineData(3, 1, 3)]
    [InlineData(1, 5, -1)]
    public void SplitV_FirstPart_IsReference(int axis, int first, int second)
        => Conformance.Check(6, 4, 4, (graph, x) => graph.SplitV(x, axis, first, second));

    /// <summary>AlexNet's convolutions on halves of the channels.</summary>
    [Fact]
    public void Split_ConvolutionsOfGroups_IsReference() => Conformance.Check(5, 7, 4, (graph, x) =>
    {
        var (inputs, filters) = (graph.Split(x, 3, 2), graph.Split(graph.Random(3, 3, 2, 6), 3, 2));
        return graph.Concat(3, graph.Conv2D(inputs, filters), graph.Conv2D(inputs + ":1", filters + ":1"));
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(-1)]
    [InlineData(-2)]
    public void Pack_Pictures_IsReference(int axis) => Conformance.Check(5, 3, 2, (graph, x) => graph.Pack(axis, x, graph.Apply("Relu", x), x));

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Pack_DenseLayers_IsReference(int axis) => Conformance.Check(5, 3, 2, (graph, x) =>
    {
        var flat = graph.Reshape(x, -1, 30);
        return graph.Pack(axis, flat, graph.Apply("Relu", flat));
    });

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    [InlineData(-1, 2)]
    [InlineData(-3, 5)]
    public void Unpack_OnePart_IsReference(int axis, int count) => Conformance.Check(5, 3, 2, (graph, x) => graph.Unpack(x, axis, count) + ":1");

    /// <summary>How tutorials turn RGB into BGR.</summary>
    [Theory]
    [InlineData("Unpack")]
    [InlineData("Split")]
    public void SwapOfChannels_IsReference(string op) => Conformance.Check(5, 4, 3, (graph, x) =>
    {
        var parts = op == "Unpack" ? graph.Unpack(x, 3, 3) : graph.Split(x, 3, 3);
        return op == "Unpack" ? graph.Pack(3, parts + ":2", parts + ":1", parts) : graph.Concat(3, parts + ":2", parts + ":1", parts);
    });
}
