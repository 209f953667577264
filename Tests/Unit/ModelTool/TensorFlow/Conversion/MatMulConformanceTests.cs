using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>Dense layers and products of activations.</summary>
public sealed class MatMulConformanceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MatMul_TransposeB_IsReference(bool transpose) => Conformance.Check(
        3, 5, 2, (graph, x) => graph.MatMul(graph.Reshape(x, -1, 30), transpose ? graph.Random(7, 30) : graph.Random(30, 7), transposeB: transpose));

    /// <summary>A product with the batch as the inner axis.</summary>
    [Fact]
    public void MatMul_TransposeA_IsReference() => Conformance.Check(3, 5, 2, (graph, x) =>
    {
        var features = graph.Reshape(x, -1, 30);
        return graph.MatMul(features, graph.Apply("Relu", features), transposeA: true);
    });

    [Fact]
    public void MatMul_BothTransposed_IsReference() => Conformance.Check(
        3, 5, 2, (graph, x) => graph.MatMul(graph.Transpose(graph.Reshape(x, -1, 30), 1, 0), graph.Random(4, 30), transposeA: true, transposeB: true));

    [Fact]
    public void MatMul_ConstantFirst_IsReference() => Conformance.Check(
        3, 5, 2, (graph, x) => graph.MatMul(graph.Random(4, 30), graph.Reshape(x, -1, 30), transposeB: true));

    [Theory]
    [InlineData("BiasAdd")]
    [InlineData("Add")]
    [InlineData("AddV2")]
    public void MatMul_Bias_IsReference(string op) => Conformance.Check(3, 5, 2, (graph, x) =>
    {
        var product = graph.MatMul(graph.Reshape(x, -1, 30), graph.Random(30, 7));
        return op == "BiasAdd" ? graph.BiasAdd(product, graph.Random(7)) : graph.Apply(op, product, graph.Random(7));
    });

    [Fact]
    public void MatMul_TwoLayers_IsReference() => Conformance.Check(3, 5, 2, (graph, x) =>
    {
        var hidden = graph.Apply("Relu", graph.BiasAdd(graph.MatMul(graph.Reshape(x, -1, 30), graph.Random(30, 7)), graph.Random(7)));
        return graph.Apply("Softmax", graph.BiasAdd(graph.MatMul(hidden, graph.Random(7, 4)), graph.Random(4)));
    });

    [Theory]
    [InlineData("BatchMatMul", false, false)]
    [InlineData("BatchMatMulV2", false, false)]
    [InlineData("BatchMatMulV2", true, false)]
    [InlineData("BatchMatMulV2", false, true)]
    [InlineData("BatchMatMulV2", true, true)]
    public void BatchMatMul_Activations_IsReference(string op, bool adjointX, bool adjointY) => Conformance.Check(3, 5, 2, (graph, x) =>
    {
        var left = adjointX ? graph.Reshape(x, -1, 6, 5) : graph.Reshape(x, -1, 5, 6);
        var right = adjointY ? graph.Reshape(graph.Apply("Relu", x), -1, 5, 6) : graph.Reshape(graph.Apply("Relu", x), -1, 6, 5);
        return graph.Add(
            op,
            [left, right],
            ("T", AttributeValue.Of(DataType.DtFloat)),
            ("adj_x", AttributeValue.Of(adjointX)),
            ("adj_y", AttributeValue.Of(adjointY)));
    });

    [Fact]
    public void BatchMatMulV3_Activations_IsReference() => Conformance.Check(3, 5, 2, (graph, x) => graph.Add(
        "BatchMatMulV3",
        [graph.Reshape(x, -1, 5, 6), graph.Random(6, 4)],
        ("Ta", AttributeValue.Of(DataType.DtFloat)),
        ("Tb", AttributeValue.Of(DataType.DtFloat)),
        ("Tout", AttributeValue.Of(DataType.DtFloat)),
        ("adj_x", AttributeValue.Of(false)),
        ("adj_y", AttributeValue.Of(false))));

    /// <summary>The last axes of a picture are width and channels.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    public void BatchMatMulV2_PictureWithBroadcastConstant_IsReference(int batch, int height) => Conformance.Check(3, 5, 2, (graph, x) => graph.Add(
        "BatchMatMulV2",
        [x, graph.Random(batch, height, 2, 4)],
        ("T", AttributeValue.Of(DataType.DtFloat)),
        ("adj_x", AttributeValue.Of(false)),
        ("adj_y", AttributeValue.Of(false))));
}
