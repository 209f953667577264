using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>Functions of one number, and casts.</summary>
public sealed class UnaryConformanceTests
{
    [Theory]
    [InlineData("Neg")]
    [InlineData("Abs")]
    [InlineData("Square")]
    [InlineData("Exp")]
    [InlineData("Sign")]
    [InlineData("Erf")]
    public void Unary_AnyNumber_IsReference(string op) => Conformance.Check(5, 7, 3, (graph, x) => graph.Apply(op, x));

    [Theory]
    [InlineData("Sqrt")]
    [InlineData("Rsqrt")]
    [InlineData("Log")]
    [InlineData("Reciprocal")]
    [InlineData("Inv")]
    public void Unary_PositiveNumber_IsReference(string op)
        => Conformance.Check(5, 7, 3, (graph, x) => graph.Apply(op, graph.Apply("Add", graph.Apply("Abs", x), graph.Scalar(0.1f))));

    [Theory]
    [InlineData("Floor")]
    [InlineData("Ceil")]
    [InlineData("Round")]
    [InlineData("Rint")]
    public void Rounding_BothSigns_IsReference(string op)
        => Conformance.Check(5, 7, 3, (graph, x) => graph.Apply(op, graph.Apply("Mul", x, graph.Scalar(5f))));

    /// <summary>0.5, 1.5, 2.5 and -0.5, -1.5, -2.5, to which a picture times 0 is added.</summary>
    [Fact]
    public void Round_Halves_IsReference() => Conformance.Check(1, 1, 6, (graph, x) => graph.Apply(
        "Round", graph.Apply("Add", graph.Apply("Mul", x, graph.Scalar(0f)), graph.Constant([0.5f, 1.5f, 2.5f, -0.5f, -1.5f, -2.5f], 6))));

    [Theory]
    [InlineData(DataType.DtInt32)]
    [InlineData(DataType.DtInt64)]
    [InlineData(DataType.DtDouble)]
    [InlineData(DataType.DtBool)]
    internal void Cast_ThereAndBack_IsReference(DataType type) => Conformance.Check(5, 7, 3, (graph, x) => graph.Cast(
        graph.Cast(graph.Apply("Mul", x, graph.Scalar(5f)), DataType.DtFloat, type), type, DataType.DtFloat));

    [Fact]
    public void Cast_ToSameType_IsReference() => Conformance.Check(5, 7, 3, (graph, x) => graph.Cast(x, DataType.DtFloat, DataType.DtFloat));

    [Fact]
    public void Cast_ToInteger_IsReference()
        => Conformance.Check(5, 7, 3, (graph, x) => graph.Cast(graph.Apply("Mul", x, graph.Scalar(5f)), DataType.DtFloat, DataType.DtInt32));

    /// <summary>L2 normalisation over the channels, as tf.nn.l2_normalize writes it.</summary>
    [Fact]
    public void L2Normalize_WrittenOut_IsReference() => Conformance.Check(5, 7, 3, (graph, x) =>
    {
        var sum = graph.Reduce("Sum", graph.Apply("Square", x), graph.Vector(3), keepDims: true);
        return graph.Apply("Mul", x, graph.Apply("Rsqrt", graph.Apply("Maximum", sum, graph.Scalar(1e-12f))));
    });
}
