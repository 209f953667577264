using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>Mean, Sum, Max, Min, Prod, ArgMax.</summary>
public sealed class ReductionConformanceTests
{
    public static TheoryData<int[]> Axes =>
    [
        (int[])[1, 2], (int[])[2, 1], (int[])[1], (int[])[2], (int[])[3], (int[])[-1], (int[])[-2, -3], (int[])[1, 3], (int[])[2, 3], (int[])[1, 2, 3],
        (int[])[0], (int[])[0, 1, 2], (int[])[0, 3], (int[])[0, 1, 2, 3],
    ];

    [Theory]
    [MemberData(nameof(Axes))]
    public void Mean_AxesKept_IsReference(int[] axes)
        => Conformance.Check(5, 4, 3, (graph, x) => graph.Reduce("Mean", x, graph.Vector(axes), keepDims: true));

    [Theory]
    [MemberData(nameof(Axes))]
    public void Mean_AxesDropped_IsReference(int[] axes)
        => Conformance.Check(5, 4, 3, (graph, x) => graph.Reduce("Mean", x, graph.Vector(axes), keepDims: false));

    [Theory]
    [InlineData("Sum")]
    [InlineData("Max")]
    [InlineData("Min")]
    [InlineData("Prod")]
    public void Reduce_OtherOps_IsReference(string op) => Assert.Multiple(
        () => Check(op, true, 1, 2),
        () => Check(op, false, 1, 2),
        () => Check(op, true, -1),
        () => Check(op, false, 3),
        () => Check(op, false, 0, 2),
        () => Check(op, false, 0, 1, 2, 3));

    [Theory]
    [InlineData("Mean", 1, false)]
    [InlineData("Mean", -1, true)]
    [InlineData("Sum", 2, false)]
    [InlineData("Max", 3, true)]
    public void Reduce_ScalarAxis_IsReference(string op, int axis, bool keepDims)
        => Conformance.Check(5, 4, 3, (graph, x) => graph.Reduce(op, x, graph.Scalar(axis), keepDims));

    [Theory]
    [InlineData("Mean")]
    [InlineData("Max")]
    public void Reduce_NoAxes_IsReference(string op)
        => Conformance.Check(2, 4, 3, (graph, x) => graph.Reduce(op, x, graph.Vector(), keepDims: false));

    /// <summary>A reduction of all axes as Python writes it where the rank is not known.</summary>
    [Fact]
    public void Mean_RangeOfRank_IsReference() => Conformance.Check(2, 4, 3, (graph, x) =>
    {
        var rank = graph.Add("Rank", [x], ("T", AttributeValue.Of(DataType.DtFloat)));
        var axes = graph.Add("Range", [graph.Scalar(0), rank, graph.Scalar(1)], ("Tidx", AttributeValue.Of(DataType.DtInt32)));
        return graph.Reduce("Mean", x, axes, keepDims: false);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Mean_DenseLayer_IsReference(int axis) => Conformance.Check(3, 2, 3, (graph, x) =>
        graph.Reduce("Mean", graph.MatMul(graph.Reshape(x, -1, 18), graph.Random(18, 6)), graph.Vector(axis), keepDims: true));

    /// <summary>Global pooling as the networks end with it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Mean_GlobalPoolThenLogits_IsReference(bool keepDims) => Conformance.Check(5, 4, 3, (graph, x) =>
    {
        var pooled = graph.Reduce("Mean", x, graph.Vector(1, 2), keepDims);
        return graph.Apply("Softmax", keepDims
            ? graph.Squeeze(graph.BiasAdd(graph.Conv2D(pooled, graph.Random(1, 1, 3, 5)), graph.Random(5)), 1, 2)
            : graph.BiasAdd(graph.MatMul(pooled, graph.Random(3, 5)), graph.Random(5)));
    });

    /// <summary>tf.nn.moments of a picture (instance normalisation).</summary>
    [Fact]
    public void Moments_OfEachPicture_IsReference() => Conformance.Check(5, 4, 3, (graph, x) =>
    {
        var mean = graph.Reduce("Mean", x, graph.Vector(1, 2), keepDims: true);
        var variance = graph.Reduce("Mean", graph.Apply("SquaredDifference", x, graph.Apply("StopGradient", mean)), graph.Vector(1, 2), keepDims: true);
        return graph.Apply("Mul", graph.Apply("Sub", x, mean), graph.Apply("Rsqrt", graph.Apply("Add", variance, graph.Scalar(0.001f))));
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(0)]
    public void ArgMax_Axis_IsReference(int axis) => Conformance.Check(5, 4, 3, (graph, x) => graph.ArgMax(x, axis));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void ArgMin_Axis_IsReference(int axis) => Conformance.Check(5, 4, 3, (graph, x) => graph.ArgMax(graph.Apply("Neg", x), axis), (graph, x) => graph.Add(
        "ArgMin",
        [x, graph.Scalar(axis)],
        ("T", AttributeValue.Of(DataType.DtFloat)),
        ("Tidx", AttributeValue.Of(DataType.DtInt32)),
        ("output_type", AttributeValue.Of(DataType.DtInt64))));

    [Theory]
    [InlineData(DataType.DtInt64)]
    [InlineData(DataType.DtInt32)]
    internal void ArgMax_OfDenseLayer_IsReference(DataType type) => Conformance.Check(
        3, 2, 3, (graph, x) => graph.ArgMax(graph.Apply("Softmax", graph.MatMul(graph.Reshape(x, -1, 18), graph.Random(18, 6))), 1, type));

    [Fact]
    public void ArgMax_ThenCast_IsReference() => Conformance.Check(
        5, 4, 3, (graph, x) => graph.Cast(graph.ArgMax(x, 3), DataType.DtInt64, DataType.DtFloat));

    private static void Check(string op, bool keepDims, params int[] axes)
        => Conformance.Check(5, 4, 3, (graph, x) => graph.Reduce(op, x, graph.Vector(axes), keepDims));
}
