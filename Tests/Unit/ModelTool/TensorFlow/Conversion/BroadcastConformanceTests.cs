using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>Arithmetic of two tensors, with every kind of broadcasting.</summary>
public sealed class BroadcastConformanceTests
{
    public static TheoryData<string> Ops => ["Add", "AddV2", "Sub", "Mul", "RealDiv", "Div", "Maximum", "Minimum", "SquaredDifference"];

    /// <summary>Shapes of constants for a picture [N, 5, 4, 3].</summary>
    public static TheoryData<int[]> Shapes =>
    [
        (int[])[], (int[])[1], (int[])[3], (int[])[1, 3], (int[])[4, 1], (int[])[4, 3], (int[])[1, 1, 3], (int[])[5, 1, 1], (int[])[5, 4, 1], (int[])[5, 4, 3],
        (int[])[1, 1, 1, 1], (int[])[1, 1, 1, 3], (int[])[1, 5, 1, 1], (int[])[1, 1, 4, 1], (int[])[1, 5, 4, 1], (int[])[1, 5, 4, 3],
    ];

    /// <summary>Shapes of what is computed from the picture: of which the batch, height, width, channels are kept.</summary>
    public static TheoryData<int[]> KeptAxes
        => [(int[])[0], (int[])[0, 3], (int[])[0, 1, 2], (int[])[0, 1], (int[])[0, 2, 3], (int[])[0, 1, 2, 3], (int[])[3], (int[])[1, 2]];

    [Theory]
    [MemberData(nameof(Ops))]
    public void Binary_ConstantPerChannel_IsReference(string op)
        => Conformance.Check(5, 4, 3, (graph, x) => graph.Apply(op, x, graph.RandomIn(0.5f, 2, 3)));

    [Theory]
    [MemberData(nameof(Ops))]
    public void Binary_ConstantFirst_IsReference(string op) => Conformance.Check(
        5, 4, 3, (graph, x) => graph.Apply(op, graph.RandomIn(0.5f, 2, 3), graph.Apply("Add", graph.Apply("Abs", x), graph.Scalar(0.5f))));

    [Theory]
    [MemberData(nameof(Ops))]
    public void Binary_TwoActivations_IsReference(string op)
        => Conformance.Check(5, 4, 3, (graph, x) => graph.Apply(op, graph.Apply("Relu", x), graph.Apply("Add", graph.Apply("Square", x), graph.Scalar(0.5f))));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Add_ConstantOfShape_IsReference(int[] shape) => Conformance.Check(5, 4, 3, (graph, x) => graph.Apply("Add", x, graph.Random(shape)));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Sub_ConstantOfShapeFirst_IsReference(int[] shape)
        => Conformance.Check(5, 4, 3, (graph, x) => graph.Apply("Sub", graph.Random(shape), x));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Mul_ConstantOfShapeBetweenConvolutions_IsReference(int[] shape) => Conformance.Check(5, 4, 3, (graph, x) =>
        graph.Apply("Mul", graph.BiasAdd(graph.Conv2D(x, graph.Random(3, 3, 3, 3)), graph.Random(3)), graph.Random(shape)));

    [Theory]
    [MemberData(nameof(KeptAxes))]
    public void Mul_MeanOfPicture_IsReference(int[] kept) => Conformance.Check(5, 4, 3, (graph, x) =>
        graph.Apply("Mul", x, graph.Reduce("Mean", x, graph.Vector([.. Enumerable.Range(0, 4).Except(kept)]), keepDims: true)));

    /// <summary>The mean's axes are dropped, so that what is left is matched from the last.</summary>
    [Theory]
    [InlineData(new[] { 0 })]
    [InlineData(new[] { 0, 1 })]
    [InlineData(new[] { 0, 1, 2 })]
    [InlineData(new[] { 0, 1, 2, 3 })]
    public void Sub_MeanOfLowerRank_IsReference(int[] axes) => Conformance.Check(5, 4, 3, (graph, x) =>
        graph.Apply("Sub", graph.Reduce("Mean", x, graph.Vector(axes), keepDims: false), x));

    /// <summary>One picture of the batch plays the part of a constant.</summary>
    [Fact]
    public void Add_OneChannelToAll_IsReference() => Conformance.Check(5, 4, 3, (graph, x) =>
        graph.Apply("Add", graph.Conv2D(x, graph.Random(3, 3, 3, 1)), graph.Conv2D(x, graph.Random(3, 3, 3, 6))));

    [Fact]
    public void Mul_OuterProductOfRowsAndColumns_IsReference() => Conformance.Check(5, 4, 3, (graph, x) => graph.Apply(
        "Mul", graph.Reduce("Max", x, graph.Vector(1), keepDims: true), graph.Reduce("Min", x, graph.Vector(2), keepDims: true)));

    /// <summary>Rank 2, which is no picture: [N, C] with [C], [1], [N, 1].</summary>
    [Theory]
    [InlineData("Add")]
    [InlineData("Mul")]
    [InlineData("RealDiv")]
    public void Binary_DenseLayers_IsReference(string op) => Conformance.Check(2, 4, 3, (graph, x) =>
    {
        var flat = graph.Reshape(x, -1, 24);
        var sum = graph.Apply("Add", graph.Reduce("Sum", graph.Apply("Abs", flat), graph.Vector(1), keepDims: true), graph.Scalar(1f));
        return graph.Apply(op, graph.Apply(op, graph.Apply(op, flat, graph.RandomIn(0.5f, 2, 24)), sum), graph.RandomIn(0.5f, 2, 1));
    });

    /// <summary>[N, 1, C] with [N, W, C]: rank 3 beside pictures.</summary>
    [Fact]
    public void Mul_RankThree_IsReference() => Conformance.Check(2, 4, 3, (graph, x) =>
    {
        var rows = graph.Reduce("Mean", x, graph.Vector(1), keepDims: false);
        return graph.Apply("Mul", rows, graph.Reduce("Max", rows, graph.Vector(1), keepDims: true));
    });

    /// <summary>[N, H, W, C] with [N, C] of a batch of one would broadcast the rows to the width.</summary>
    [Fact]
    public void Add_PictureAndVectorOfChannelsFromPicture_IsReference() => Conformance.Check(5, 4, 3, (graph, x) =>
        graph.Apply("Add", graph.Conv2D(x, graph.Random(3, 3, 3, 3)), graph.Reduce("Mean", x, graph.Vector(0, 1, 2), keepDims: false)));

    [Fact]
    public void Mul_SameTensorTwice_IsReference() => Conformance.Check(5, 4, 3, (graph, x) => graph.Apply("Mul", x, x));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void AddN_Tensors_IsReference(int count)
        => Conformance.Check(5, 4, 3, (graph, x) => graph.AddN([.. new[] { x, graph.Apply("Relu", x), graph.Apply("Square", x) }.Take(count)]));

    [Theory]
    [InlineData(2f)]
    [InlineData(0.5f)]
    [InlineData(-1.5f)]
    public void Pow_Exponent_IsReference(float exponent) => Conformance.Check(
        5, 4, 3, (graph, x) => graph.Apply("Pow", graph.Apply("Add", graph.Apply("Abs", x), graph.Scalar(0.5f)), graph.Scalar(exponent)));

    [Fact]
    public void Pow_ExponentPerChannel_IsReference() => Conformance.Check(
        5, 4, 3, (graph, x) => graph.Apply("Pow", graph.Apply("Add", graph.Apply("Abs", x), graph.Scalar(0.5f)), graph.Random(3)));

    /// <summary>0 where the divisor is.</summary>
    [Fact]
    public void DivNoNan_Zeros_IsReference() => Conformance.Check(5, 4, 3, (graph, x) => graph.Apply("DivNoNan", x, graph.Apply("Relu", x)));

    [Fact]
    public void ClipByValue_Limits_IsReference()
        => Conformance.Check(5, 4, 3, (graph, x) => graph.Apply("ClipByValue", x, graph.Scalar(-0.5f), graph.Scalar(0.25f)));

    [Fact]
    public void BiasAddV1_Channels_IsReference() => Conformance.Check(5, 4, 3, (graph, x) => graph.Apply("BiasAddV1", x, graph.Random(3)));

    [Fact]
    public void FloorDiv_Floats_IsReference() => Conformance.Check(
        5, 4, 3, (graph, x) => graph.Apply("FloorDiv", graph.Apply("Mul", x, graph.Scalar(10f)), graph.Constant([0.7f, -1.3f, 2.1f], 3)));
}
