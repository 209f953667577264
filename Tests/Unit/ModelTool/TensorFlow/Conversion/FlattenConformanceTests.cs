using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>The ways in which libraries flatten a picture in front of a dense layer; the order of a row is height, width, channels.</summary>
public sealed class FlattenConformanceTests
{
    private const int Features = 5 * 3 * 2;

    [Fact]
    public void Reshape_MinusOneAndFeatures_IsReference() => Check((graph, x) => graph.Reshape(x, -1, Features));

    [Fact]
    public void Reshape_LongShape_IsReference() => Check((graph, x) => graph.Add(
        "Reshape", [x, graph.Constant<long>([-1, Features], 2)], ("T", AttributeValue.Of(DataType.DtFloat)), ("Tshape", AttributeValue.Of(DataType.DtInt64))));

    /// <summary>Keras: tf.stack([tf.shape(x)[0], -1]).</summary>
    [Fact]
    public void Reshape_PackOfBatchAndMinusOne_IsReference()
        => Check((graph, x) => graph.Reshape(x, graph.Pack(DataType.DtInt32, 0, graph.SizeOf(x, 0), graph.Scalar(-1))));

    /// <summary>Keras before 2.2: the product of shape[1:].</summary>
    [Fact]
    public void Reshape_PackOfMinusOneAndProductOfShape_IsReference() => Check((graph, x) =>
    {
        var rest = graph.StridedSlice(graph.Shape(x), [1], [0], [1], endMask: 1, type: DataType.DtInt32);
        var features = graph.Reduce("Prod", rest, graph.Vector(0), keepDims: false, DataType.DtInt32);
        return graph.Reshape(x, graph.Pack(DataType.DtInt32, 0, graph.Scalar(-1), features));
    });

    /// <summary>tf.contrib.layers.flatten of TensorFlow 1.0.</summary>
    [Fact]
    public void Reshape_SliceProductExpandConcat_IsReference() => Check((graph, x) =>
    {
        var shape = graph.Shape(x);
        var batch = graph.Slice(shape, [0], [1], DataType.DtInt32);
        var rest = graph.Slice(shape, [1], [3], DataType.DtInt32);
        var features = graph.Reduce("Prod", rest, graph.Vector(0), keepDims: false, DataType.DtInt32);
        var expanded = graph.Add(
            "ExpandDims", [features, graph.Scalar(0)], ("T", AttributeValue.Of(DataType.DtInt32)), ("Tdim", AttributeValue.Of(DataType.DtInt32)));
        return graph.Reshape(x, graph.Concat(DataType.DtInt32, 0, batch, expanded));
    });

    [Fact]
    public void Reshape_ProductOfSingleSizes_IsReference() => Check((graph, x) =>
    {
        var features = graph.ApplyInt("Mul", graph.ApplyInt("Mul", graph.SizeOf(x, 1), graph.SizeOf(x, 2)), graph.SizeOf(x, 3));
        return graph.Reshape(x, graph.Pack(DataType.DtInt32, 0, graph.SizeOf(x, 0), features));
    });

    [Fact]
    public void Reshape_BatchIsSizeByFeatures_IsReference() => Check((graph, x) =>
    {
        var size = graph.Add("Size", [x], ("T", AttributeValue.Of(DataType.DtFloat)), ("out_type", AttributeValue.Of(DataType.DtInt32)));
        return graph.Reshape(x, graph.Pack(DataType.DtInt32, 0, graph.ApplyInt("FloorDiv", size, graph.Scalar(Features)), graph.Scalar(Features)));
    });

    [Fact]
    public void Reshape_ShapeOfAnotherTensor_IsReference()
        => Check((graph, x) => graph.Reshape(graph.Reshape(x, -1, Features), graph.Shape(graph.Apply("Relu", x))));

    [Fact]
    public void Reshape_SecondOfSeveralShapes_IsReference() => Check((graph, x) =>
    {
        var flat = graph.Reshape(x, -1, Features);
        var shapes = graph.Add(
            "ShapeN", [x, flat], ("N", AttributeValue.Of(2)), ("T", AttributeValue.Of(DataType.DtFloat)), ("out_type", AttributeValue.Of(DataType.DtInt32)));
        return graph.Reshape(x, shapes + ":1");
    });

    [Fact]
    public void Reshape_FlatAndBack_IsReference() => Check((graph, x) => graph.Reshape(graph.Reshape(x, -1, Features), -1, 5, 3, 2));

    [Fact]
    public void Reshape_FlatAndIntoAnotherPicture_IsReference() => Check((graph, x) => graph.Reshape(graph.Reshape(x, -1, Features), -1, 2, 5, 3));

    [Theory]
    [InlineData(15, 2)]
    [InlineData(5, 6)]
    [InlineData(3, 10)]
    public void Reshape_RankThree_IsReference(int first, int second) => Check((graph, x) => graph.Reshape(x, -1, first, second));

    [Fact]
    public void Reshape_RankFive_IsReference() => Check((graph, x) => graph.Reshape(x, -1, 5, 3, 1, 2));

    /// <summary>The batch is no longer the first axis.</summary>
    [Fact]
    public void Reshape_PixelsAsRows_IsReference() => Check((graph, x) => graph.Apply("Softmax", graph.Reshape(x, -1, 2)));

    [Fact]
    public void Reshape_ToVector_IsReference() => Check((graph, x) => graph.Reshape(x, -1));

    [Fact]
    public void Reshape_SizeOneAxes_IsReference()
        => Conformance.Check(5, 3, 4, (graph, x) => graph.Reshape(graph.Pool("AvgPool", x, (5, 3), (1, 1), "VALID"), -1, 4));

    /// <summary>A picture in rows of numbers, as the MNIST tutorials feed it.</summary>
    [Fact]
    public void Reshape_RowsToPictureAndConvolution_IsReference() => Check((graph, x) =>
        graph.Conv2D(graph.Reshape(graph.Reshape(x, -1, Features), -1, 6, 5, 1), graph.Random(3, 3, 1, 2)));

    /// <summary>ShuffleNet's shuffle of channels.</summary>
    [Fact]
    public void Reshape_ChannelShuffle_IsReference() => Conformance.Check(
        5, 3, 6, (graph, x) => graph.Reshape(graph.Transpose(graph.Reshape(x, -1, 5, 3, 2, 3), 0, 1, 2, 4, 3), -1, 5, 3, 6));

    private static void Check(Func<TestGraph, string, string> flatten) => Conformance.Check(5, 3, 2, flatten);
}
