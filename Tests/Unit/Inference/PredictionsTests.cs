using ClassifierFunctions.Imaging;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.Tests.Unit.Inference;

public sealed class PredictionsTests
{
    [Fact]
    public void From_Logits_AreSoftmaxed()
    {
        // exp(1..4) / sum: numpy gives 0.0320586, 0.08714432, 0.23688282, 0.64391426.
        var predictions = Predict(OutputActivation.Softmax, new PredictionOptions(), 1, 2, 3, 4);

        Assert.Equal([3, 2, 1, 0], predictions.Select(prediction => prediction.Index));
        Assert.Equal([0.64391426f, 0.23688282f, 0.08714432f, 0.0320586f], predictions.Select(prediction => prediction.Score), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void From_HugeLogits_DoNotOverflow()
        => Assert.Equal(1, Predict(OutputActivation.Softmax, new PredictionOptions(1), 90_000, -90_000, 3)[0].Score);

    [Theory]
    [InlineData(OutputActivation.None, 0.25f, 0.25f)]
    [InlineData(OutputActivation.Sigmoid, 0f, 0.5f)]
    [InlineData(OutputActivation.Exponential, 0f, 1f)]
    public void From_OtherOutputs_AreActivatedAsDeclared(OutputActivation activation, float raw, float expected)
        => Assert.Equal(expected, Predict(activation, new PredictionOptions(), raw)[0].Score);

    [Fact]
    public void From_EqualScores_LowerIndexFirst()
        => Assert.Equal([1, 3, 0], Predict(OutputActivation.None, new PredictionOptions(3), 0.1f, 0.4f, 0.1f, 0.4f).Select(prediction => prediction.Index));

    [Fact]
    public void From_Threshold_DropsWhatIsBelow()
        => Assert.Equal([1, 2], Predict(OutputActivation.None, new PredictionOptions(5, 0.3f), 0.1f, 0.6f, 0.3f).Select(prediction => prediction.Index));

    [Theory]
    [InlineData(OutputActivation.None, float.NaN)]
    [InlineData(OutputActivation.None, float.PositiveInfinity)]
    [InlineData(OutputActivation.Softmax, float.PositiveInfinity)]
    [InlineData(OutputActivation.Exponential, 1e30f)]
    public void From_NotANumber_IsTheModelsFault(OutputActivation activation, float raw)
        => Assert.Equal(
            ClassifierError.ModelUnavailable,
            Assert.Throws<ClassifierException>(() => Predict(activation, new PredictionOptions(), 0.1f, raw)).Error);

    private static IReadOnlyList<Prediction> Predict(OutputActivation activation, PredictionOptions options, params float[] raw)
        => Predictions.From(raw, Model(activation, raw.Length), options);

    private static ModelVersion Model(OutputActivation activation, int classes) => new()
    {
        Model = "test",
        Version = "1",
        Format = ModelFormat.Bare,
        OnnxPath = "",
        Labels = [.. Enumerable.Range(0, classes).Select(i => $"class {i}")],
        Preprocessing = new PreprocessorConfig(),
        Input = new ModelInput("x", TensorElement.Float32, TensorLayout.Nchw, 3, 1, 1, DynamicBatch: false),
        Output = "y",
        Activation = activation,
        Parameters = 0,
        Bytes = 0,
    };
}
