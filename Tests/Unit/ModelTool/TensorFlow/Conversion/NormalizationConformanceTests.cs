using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>Batch norms in their forms, and LRN.</summary>
public sealed class NormalizationConformanceTests
{
    [Theory]
    [InlineData(1, 1, 1f, 1f, 0.5f)]
    [InlineData(7, 2, 1f, 2e-5f, 0.75f)]
    [InlineData(3, 2, 2f, 1e-1f, 0.75f)]
    [InlineData(8, 5, 1f, 1f, 0.5f)]
    [InlineData(6, 4, 1f, 0.0001f, 0.75f)]
    [InlineData(5, 0, 0.5f, 0.3f, 1f)]
    public void Lrn_ChannelsAndRadius_IsReference(int channels, int radius, float bias, float alpha, float beta)
        => Conformance.Check(5, 3, channels, (graph, x) => graph.LocalResponseNormalization(x, radius, bias, alpha, beta));

    [Theory]
    [InlineData("FusedBatchNorm", 0.001f)]
    [InlineData("FusedBatchNormV2", 1e-5f)]
    [InlineData("FusedBatchNormV3", 0.1f)]
    public void FusedBatchNorm_Inference_IsReference(string op, float epsilon)
        => Conformance.Check(5, 7, 3, (graph, x) => graph.FusedBatchNorm(op, x, 3, epsilon));

    [Theory]
    [InlineData("FusedBatchNorm")]
    [InlineData("FusedBatchNormV3")]
    public void FusedBatchNorm_BetweenConvolutionAndRelu_IsReference(string op) => Conformance.Check(5, 7, 3, (graph, x) =>
        graph.Apply("Relu", graph.FusedBatchNorm(op, graph.BiasAdd(graph.Conv2D(x, graph.Random(3, 3, 3, 5), (2, 2)), graph.Random(5)), 5, 0.001f)));

    /// <summary>A convolution whose result is needed without its batch norm too.</summary>
    [Fact]
    public void FusedBatchNorm_ConvolutionUsedTwice_IsReference() => Conformance.Check(5, 7, 3, (graph, x) =>
    {
        var convolution = graph.Conv2D(x, graph.Random(3, 3, 3, 4));
        return graph.Apply("AddV2", convolution, graph.FusedBatchNorm("FusedBatchNormV3", convolution, 4, 0.001f));
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void BatchNormWithGlobalNormalization_ScaleOrNot_IsReference(bool scale) => Conformance.Check(5, 7, 3, (graph, x) => graph.Add(
        "BatchNormWithGlobalNormalization",
        [x, graph.Random(3), graph.RandomIn(0.1f, 2, 3), graph.Random(3), graph.RandomIn(0.5f, 1.5f, 3)],
        ("T", AttributeValue.Of(DataType.DtFloat)),
        ("variance_epsilon", AttributeValue.Of(0.001f)),
        ("scale_after_normalization", AttributeValue.Of(scale))));

    /// <summary>tf.nn.batch_normalization.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void BatchNorm_WrittenOut_IsReference(bool scale) => Conformance.Check(7, 5, 4, (graph, x) => WrittenOut(graph, x, 4, scale));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void BatchNorm_WrittenOutBehindConvolution_IsReference(bool scale) => Conformance.Check(
        7, 5, 3, (graph, x) => graph.Apply("Relu", WrittenOut(graph, graph.Conv2D(x, graph.Random(3, 3, 3, 4), padding: "VALID"), 4, scale)));

    /// <summary>Behind a dense layer, as Keras does it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void BatchNorm_WrittenOutBehindDenseLayer_IsReference(bool scale) => Conformance.Check(
        3, 2, 3, (graph, x) => graph.Apply("Relu", WrittenOut(graph, graph.MatMul(graph.Reshape(x, -1, 18), graph.Random(18, 4)), 4, scale)));

    /// <summary>Azure Custom Vision's order: the mean is subtracted first.</summary>
    [Fact]
    public void BatchNorm_SubtractFirst_IsReference() => Conformance.Check(5, 6, 3, (graph, x) =>
    {
        var inverse = graph.Apply("Rsqrt", graph.Apply("Add", graph.RandomIn(0.1f, 2, 4), graph.Scalar(0.001f)));
        var centred = graph.Apply("Sub", graph.Conv2D(x, graph.Random(3, 3, 3, 4)), graph.Random(4));
        return graph.Apply("Add", graph.Apply("Mul", graph.Apply("Mul", centred, inverse), graph.Random(4)), graph.Random(4));
    });

    /// <summary>tf.image.per_image_standardization and the like: constants per pixel.</summary>
    [Fact]
    public void MeanImage_SubtractedAndScaled_IsReference() => Conformance.Check(
        5, 6, 3, (graph, x) => graph.Apply("RealDiv", graph.Apply("Sub", x, graph.Random(5, 6, 3)), graph.RandomIn(1, 2, 3)));

    private static string WrittenOut(TestGraph graph, string x, int channels, bool scale)
    {
        var inverse = graph.Apply("Rsqrt", graph.Apply("Add", graph.RandomIn(0.1f, 2, channels), graph.Scalar(0.001f)));
        var factor = scale ? graph.Apply("Mul", inverse, graph.RandomIn(0.5f, 1.5f, channels)) : inverse;
        var offset = graph.Apply("Sub", graph.Random(channels), graph.Apply("Mul", graph.Random(channels), factor));
        return graph.Apply("Add", graph.Apply("Mul", x, factor), offset);
    }
}
