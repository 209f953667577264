using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>Ops whose results are constants at import, comparisons and selections.</summary>
public sealed class ConstantConformanceTests
{
    [Fact]
    public void Fill_Constant_IsReference() => Conformance.Check(5, 4, 3, (graph, x) => graph.Apply(
        "Add", x, Fill(graph, graph.Vector(4, 3))));

    /// <summary>Of the picture's shape, whose batch is not known at import.</summary>
    [Fact]
    public void Fill_ShapeOfPicture_IsReference() => Conformance.Check(5, 4, 3, (graph, x) => graph.Apply(
        "Add", x, Fill(graph, graph.Shape(x))));

    [Theory]
    [InlineData(0, 3, 1)]
    [InlineData(7, 2, -2)]
    [InlineData(1, 9, 3)]
    public void Range_Integers_IsReference(int start, int limit, int delta) => Conformance.Check(5, 4, 3, (graph, x) => graph.Apply(
        "Mul",
        x,
        graph.Cast(
            graph.Add("Range", [graph.Scalar(start), graph.Scalar(limit), graph.Scalar(delta)], ("Tidx", AttributeValue.Of(DataType.DtInt32))),
            DataType.DtInt32,
            DataType.DtFloat)));

    [Theory]
    [InlineData("ZerosLike")]
    [InlineData("OnesLike")]
    public void Like_Constant_IsReference(string op)
        => Conformance.Check(5, 4, 3, (graph, x) => graph.Apply("Add", x, graph.Apply(op, graph.Random(3))));

    [Theory]
    [InlineData("ZerosLike")]
    [InlineData("OnesLike")]
    public void Like_Picture_IsReference(string op) => Conformance.Check(5, 4, 3, (graph, x) => graph.Apply("Sub", graph.Apply(op, x), x));

    [Theory]
    [InlineData("Greater")]
    [InlineData("GreaterEqual")]
    [InlineData("Less")]
    [InlineData("LessEqual")]
    [InlineData("Equal")]
    [InlineData("NotEqual")]
    public void Comparison_PicturesAndConstant_IsReference(string op) => Conformance.Check(5, 4, 3, (graph, x) => graph.Cast(
        graph.Apply(op, graph.Apply("Relu", x), graph.Constant([0f, 0.25f, -0.5f], 3)), DataType.DtBool, DataType.DtFloat));

    [Theory]
    [InlineData("LogicalAnd")]
    [InlineData("LogicalOr")]
    public void Logical_Comparisons_IsReference(string op) => Conformance.Check(5, 4, 3, (graph, x) =>
    {
        var inside = graph.Add(op, [graph.Apply("Greater", x, graph.Scalar(-0.3f)), graph.Apply("Less", x, graph.Random(4, 1))]);
        return graph.Cast(graph.Add("LogicalNot", [inside]), DataType.DtBool, DataType.DtFloat);
    });

    [Theory]
    [InlineData("Select")]
    [InlineData("SelectV2")]
    public void Select_ByComparison_IsReference(string op) => Conformance.Check(
        5, 4, 3, (graph, x) => graph.Apply(op, graph.Apply("Greater", x, graph.Scalar(0.1f)), graph.Apply("Square", x), graph.Apply("Neg", x)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Select_ScalarCondition_IsReference(bool condition) => Conformance.Check(
        5, 4, 3, (graph, x) => graph.Apply("Select", graph.Scalar(condition), graph.Apply("Square", x), graph.Apply("Neg", x)));

    /// <summary>One truth for each picture of the batch.</summary>
    [Fact]
    public void Select_VectorCondition_IsReference() => Conformance.Check(5, 4, 3, (graph, x) => graph.Apply(
        "Select",
        graph.Apply("Greater", graph.Reduce("Mean", x, graph.Vector(1, 2, 3), keepDims: false), graph.Scalar(0f)),
        graph.Apply("Square", x),
        graph.Apply("Neg", x)));

    [Fact]
    public void SelectV2_Broadcasts_IsReference() => Conformance.Check(5, 4, 3, (graph, x) => graph.Apply(
        "SelectV2", graph.Constant([true, false, true], 3), x, graph.Random(4, 1)));

    [Fact]
    public void Arithmetic_OfConstants_IsReference() => Conformance.Check(5, 4, 3, (graph, x) =>
    {
        var integers = graph.ApplyInt("FloorDiv", graph.ApplyInt("Sub", graph.Vector(7, -7, 9), graph.Scalar(1)), graph.Vector(4, 4, -3));
        var root = graph.Apply("Sqrt", graph.Apply("Add", graph.RandomIn(0, 1, 3), graph.Scalar(1e-3f)));
        return graph.Apply("RealDiv", graph.Apply("Sub", x, graph.Cast(integers, DataType.DtInt32, DataType.DtFloat)), root);
    });

    /// <summary>Halves of negative numbers, which each op rounds its own way.</summary>
    [Theory]
    [InlineData("Div")]
    [InlineData("FloorDiv")]
    [InlineData("Mod")]
    [InlineData("FloorMod")]
    [InlineData("Maximum")]
    [InlineData("Minimum")]
    public void Arithmetic_OfNegativeIntegers_IsReference(string op) => Conformance.Check(5, 4, 3, (graph, x) => graph.Apply(
        "Add", x, graph.Cast(graph.ApplyInt(op, graph.Vector(-7, 7, -7), graph.Vector(2, -2, -2)), DataType.DtInt32, DataType.DtFloat)));

    /// <summary>Weights of 8 bits, as the graph transform quantize_weights leaves them.</summary>
    [Theory]
    [InlineData(DataType.DtQuint8, "MIN_COMBINED")]
    [InlineData(DataType.DtQint8, "MIN_COMBINED")]
    [InlineData(DataType.DtQuint8, "MIN_FIRST")]
    internal void Dequantize_Weights_IsReference(DataType type, string mode) => Conformance.Check(5, 4, 3, (graph, x) =>
    {
        var stored = new TensorProto
        {
            Dtype = type,
            TensorShape = AttributeValue.ShapeOf(3, 3, 3, 2),
            TensorContent = Google.Protobuf.ByteString.CopyFrom([.. Enumerable.Range(0, 54).Select(i => (byte)(i * 37))]),
        };
        return graph.Conv2D(x, graph.Add(
            "Dequantize",
            [graph.Constant(stored), graph.Scalar(-0.83f), graph.Scalar(0.61f)],
            ("T", AttributeValue.Of(type)),
            ("mode", AttributeValue.Of(mode))));
    });

    /// <summary>Constants of other types than float32.</summary>
    [Fact]
    public void Cast_Constants_IsReference() => Conformance.Check(5, 4, 3, (graph, x) =>
    {
        var half = graph.Cast(graph.Constant([(Half)0.5f, (Half)(-1.25f), (Half)0.1f], 3), DataType.DtHalf, DataType.DtFloat);
        var wide = graph.Cast(graph.Constant([0.1, 0.2, 0.3], 3), DataType.DtDouble, DataType.DtFloat);
        var integer = graph.Cast(graph.Constant<long>([1, -2, 3], 3), DataType.DtInt64, DataType.DtFloat);
        var bytes = graph.Cast(graph.Constant<byte>([1, 200, 255], 3), DataType.DtUint8, DataType.DtFloat);
        return graph.AddN(graph.Apply("Mul", x, half), graph.Apply("Mul", x, wide), graph.Apply("Mul", x, integer), graph.Apply("Mul", x, bytes));
    });

    /// <summary>One number stands for all of a constant's.</summary>
    [Fact]
    public void Const_OneNumberForAll_IsReference() => Conformance.Check(5, 4, 3, (graph, x) =>
        graph.Apply("Mul", graph.Conv2D(x, graph.Constant(TestGraph.Fill(0.125f, 3, 3, 3, 3))), graph.Constant(TestGraph.Fill(3f, 3))));

    /// <summary>A list of numbers that is shorter than the constant goes on with its last.</summary>
    [Fact]
    public void Const_ListGoesOnWithLast_IsReference() => Conformance.Check(5, 4, 3, (graph, x) => graph.Apply("Mul", x, graph.Constant(
        new TensorProto { Dtype = DataType.DtFloat, TensorShape = AttributeValue.ShapeOf(3), FloatVal = { 2, 3 } })));

    private static string Fill(TestGraph graph, string shape) => graph.Add(
        "Fill", [shape, graph.Scalar(2.5f)], ("T", AttributeValue.Of(DataType.DtFloat)), ("index_type", AttributeValue.Of(DataType.DtInt32)));
}
