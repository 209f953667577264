using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>Slice, StridedSlice, Gather.</summary>
public sealed class SliceConformanceTests
{
    [Theory]
    [InlineData(new[] { 0, 0, 0, 0 }, new[] { -1, -1, -1, -1 })]
    [InlineData(new[] { 0, 1, 0, 0 }, new[] { -1, 3, -1, -1 })]
    [InlineData(new[] { 0, 0, 2, 0 }, new[] { -1, -1, 4, 3 })]
    [InlineData(new[] { 0, 0, 0, 1 }, new[] { -1, 5, 6, 1 })]
    [InlineData(new[] { 0, 2, 1, 2 }, new[] { -1, -1, 2, -1 })]
    public void Slice_BeginAndSize_IsReference(int[] begin, int[] size) => Conformance.Check(5, 6, 3, (graph, x) => graph.Slice(x, begin, size));

    /// <summary>x[:, 1:4, ::2, :]</summary>
    [Fact]
    public void StridedSlice_SpatialRanges_IsReference() => Check([0, 1, 0, 0], [0, 4, 0, 0], [1, 1, 2, 1], beginMask: 0b1101, endMask: 0b1101);

    /// <summary>x[..., ::-1]: RGB to BGR.</summary>
    [Fact]
    public void StridedSlice_ChannelsBackwardByEllipsis_IsReference()
        => Check([0, 0], [0, 0], [1, -1], beginMask: 0b10, endMask: 0b10, ellipsis: 0b01);

    /// <summary>x[:, :, :, ::-1]</summary>
    [Fact]
    public void StridedSlice_ChannelsBackward_IsReference() => Check([0, 0, 0, 0], [0, 0, 0, 0], [1, 1, 1, -1], beginMask: 0b1111, endMask: 0b1111);

    /// <summary>x[:, ::-1, -2:0:-2]</summary>
    [Fact]
    public void StridedSlice_NegativeStrides_IsReference() => Check([0, 0, -2], [0, 0, 0], [1, -1, -2], beginMask: 0b011, endMask: 0b011);

    /// <summary>x[:, -3:-1, -100:100, -1:]</summary>
    [Fact]
    public void StridedSlice_NegativeAndOutOfRange_IsReference()
        => Check([0, -3, -100, -1], [0, -1, 100, 0], [1, 1, 1, 1], beginMask: 0b0001, endMask: 0b1001);

    /// <summary>x[:, 2, :, 1]</summary>
    [Fact]
    public void StridedSlice_SingleIndices_IsReference()
        => Check([0, 2, 0, 1], [0, 3, 0, 2], [1, 1, 1, 1], beginMask: 0b0101, endMask: 0b0101, shrink: 0b1010);

    /// <summary>x[:, -1]</summary>
    [Fact]
    public void StridedSlice_LastRow_IsReference() => Check([0, -1], [0, 0], [1, 1], beginMask: 0b01, endMask: 0b01, shrink: 0b10);

    /// <summary>x[..., 0]</summary>
    [Fact]
    public void StridedSlice_FirstChannelByEllipsis_IsReference() => Check([0, 0], [0, 1], [1, 1], ellipsis: 0b01, shrink: 0b10);

    /// <summary>x[:, tf.newaxis, :, 1:3, ..., tf.newaxis]</summary>
    [Fact]
    public void StridedSlice_NewAxes_IsReference()
        => Check([0, 0, 0, 1, 0, 0], [0, 0, 0, 3, 0, 0], [1, 1, 1, 1, 1, 1], beginMask: 0b000101, endMask: 0b000101, ellipsis: 0b010000, newAxis: 0b100010);

    /// <summary>x[:, 4:1:-1, tf.newaxis, 2, ...]</summary>
    [Fact]
    public void StridedSlice_AllMasksAtOnce_IsReference()
        => Check([0, 4, 0, 2, 0], [0, 1, 0, 3, 0], [1, -1, 1, 1, 1], beginMask: 0b00001, endMask: 0b00001, ellipsis: 0b10000, newAxis: 0b00100, shrink: 0b01000);

    /// <summary>An ellipsis that stands for no axis.</summary>
    [Fact]
    public void StridedSlice_EmptyEllipsis_IsReference()
        => Check([0, 1, 0, 0, 0], [0, 3, 0, 4, 2], [1, 1, 1, 1, 1], beginMask: 0b00001, endMask: 0b00001, ellipsis: 0b00100);

    [Fact]
    public void StridedSlice_DenseLayer_IsReference() => Conformance.Check(2, 3, 2, (graph, x) =>
        graph.StridedSlice(graph.Reshape(x, -1, 12), [0, 1], [0, 11], [1, 3], beginMask: 0b01, endMask: 0b01));

    /// <summary>Constants per channel that are picked from a longer list.</summary>
    [Fact]
    public void StridedSlice_Constant_IsReference() => Conformance.Check(5, 6, 3, (graph, x) =>
        graph.Apply("Mul", x, graph.StridedSlice(graph.Random(8), [-2], [1], [-2])));

    [Fact]
    public void GatherV2_Constant_IsReference() => Conformance.Check(5, 6, 3, (graph, x) =>
        graph.Apply("Mul", x, graph.Gather(graph.Random(1, 8), graph.Vector(7, 0, 3), 1)));

    [Fact]
    public void GatherV2_SizeOfShape_IsReference() => Conformance.Check(5, 6, 3, (graph, x) =>
    {
        var rows = graph.Gather(graph.Shape(x), graph.Scalar(1), 0, DataType.DtInt32);
        return graph.Reshape(x, graph.Pack(DataType.DtInt32, 0, graph.Scalar(-1), rows, graph.Scalar(18)));
    });

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(1)]
    public void GatherV2_OfPicture_IsReference(int axis) => Conformance.Check(5, 6, 3, (graph, x) => graph.Gather(x, graph.Vector(2, 0, 1, 1), axis));

    /// <summary>The op of TensorFlow before 1.4, along the first axis.</summary>
    [Fact]
    public void Gather_Constant_IsReference() => Conformance.Check(5, 6, 3, (graph, x) => graph.Apply("Mul", x, graph.Add(
        "Gather",
        [graph.Random(8), graph.Vector(7, 0, 3)],
        ("Tparams", AttributeValue.Of(DataType.DtFloat)),
        ("Tindices", AttributeValue.Of(DataType.DtInt32)),
        ("validate_indices", AttributeValue.Of(true)))));

    /// <summary>One index drops the axis.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    public void GatherV2_ScalarOfPicture_IsReference(int axis) => Conformance.Check(5, 6, 3, (graph, x) => graph.Gather(x, graph.Scalar(1), axis));

    private static void Check(
        int[] begin, int[] end, int[] strides, int beginMask = 0, int endMask = 0, int ellipsis = 0, int newAxis = 0, int shrink = 0)
        => Conformance.Check(5, 6, 3, (graph, x) => graph.StridedSlice(x, begin, end, strides, beginMask, endMask, ellipsis, newAxis, shrink));
}
