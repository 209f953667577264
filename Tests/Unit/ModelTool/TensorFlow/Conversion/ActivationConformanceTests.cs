using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>Activations, on numbers of [-8, 8) so that each one's branches are met.</summary>
public sealed class ActivationConformanceTests
{
    [Theory]
    [InlineData("Relu")]
    [InlineData("Relu6")]
    [InlineData("Elu")]
    [InlineData("Selu")]
    [InlineData("Sigmoid")]
    [InlineData("Tanh")]
    [InlineData("Softplus")]
    [InlineData("Softsign")]
    public void Activation_Picture_IsReference(string op) => Conformance.Check(5, 7, 3, (graph, x) => graph.Apply(op, Wide(graph, x)));

    [Theory]
    [InlineData(0.2f)]
    [InlineData(0.01f)]
    public void LeakyRelu_Alpha_IsReference(float alpha) => Conformance.Check(
        5, 7, 3, (graph, x) => graph.Add("LeakyRelu", [Wide(graph, x)], ("T", AttributeValue.Of(DataType.DtFloat)), ("alpha", AttributeValue.Of(alpha))));

    /// <summary>How TensorFlow before 1.4 writes a leaky ReLU.</summary>
    [Fact]
    public void LeakyRelu_WrittenOut_IsReference()
        => Conformance.Check(5, 7, 3, (graph, x) => graph.Apply("Maximum", graph.Apply("Mul", graph.Scalar(0.1f), Wide(graph, x)), Wide(graph, x)));

    [Fact]
    public void Swish_WrittenOut_IsReference()
        => Conformance.Check(5, 7, 3, (graph, x) => graph.Apply("Mul", x, graph.Apply("Sigmoid", x)));

    [Fact]
    public void HardSwish_WrittenOut_IsReference() => Conformance.Check(5, 7, 3, (graph, x) => graph.Apply(
        "Mul", Wide(graph, x), graph.Apply("Mul", graph.Apply("Relu6", graph.Apply("Add", Wide(graph, x), graph.Scalar(3f))), graph.Scalar(1 / 6f))));

    /// <summary>Keras: Relu(x) - alpha * Relu(-x).</summary>
    [Fact]
    public void PRelu_WrittenOut_IsReference() => Conformance.Check(5, 7, 3, (graph, x) => graph.Apply(
        "Add", graph.Apply("Relu", x), graph.Apply("Mul", graph.Apply("Neg", graph.Random(1, 1, 3)), graph.Apply("Relu", graph.Apply("Neg", x)))));

    [Theory]
    [InlineData("Softmax")]
    [InlineData("LogSoftmax")]
    public void Softmax_OverChannels_IsReference(string op) => Conformance.Check(5, 7, 3, (graph, x) => graph.Apply(op, Wide(graph, x)));

    [Theory]
    [InlineData("Softmax")]
    [InlineData("LogSoftmax")]
    public void Softmax_OfDenseLayer_IsReference(string op)
        => Conformance.Check(3, 2, 3, (graph, x) => graph.Apply(op, graph.MatMul(graph.Reshape(x, -1, 18), graph.Random(18, 5))));

    [Theory]
    [InlineData("Softmax")]
    [InlineData("LogSoftmax")]
    public void Softmax_OfRankThree_IsReference(string op) => Conformance.Check(4, 6, 3, (graph, x) => graph.Apply(op, graph.Reshape(x, -1, 8, 9)));

    private static string Wide(TestGraph graph, string x) => graph.Apply("Mul", x, graph.Scalar(8f));
}
