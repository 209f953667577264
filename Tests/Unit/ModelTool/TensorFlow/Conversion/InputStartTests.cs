using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>What a graph's own first steps tell of the pixels that it wants.</summary>
public sealed class InputStartTests : ConversionTestsBase
{
    // ImageNet's, as Caffe's models subtract it.
    private const float Red = 123.68f;
    private const float Green = 116.779f;
    private const float Blue = 103.939f;

    private readonly string _x;

    public InputStartTests() => _x = Graph.Picture();

    [Fact]
    public void Of_NoStep_TellsNothing() => Check(_x, isBytes: false);

    [Fact]
    public void Of_MeanColourBlueFirst_WantsBytesInBgr() => Check(Graph.Apply("Sub", _x, Mean(Blue, Green, Red)), isBytes: true, isBgr: true);

    [Fact]
    public void Of_MeanColourRedFirst_WantsBytesInRgb() => Check(Graph.Apply("Sub", _x, Mean(Red, Green, Blue)), isBytes: true, isBgr: false);

    [Fact]
    public void Of_NegativeMeanColourAdded_WantsBytesInBgr() => Check(Graph.Apply("Add", _x, Mean(-Blue, -Green, -Red)), isBytes: true, isBgr: true);

    [Fact]
    public void Of_MeanColourOfGreys_TellsNoOrder() => Check(Graph.Apply("Sub", _x, Mean(120, 118, 122)), isBytes: true);

    [Fact]
    public void Of_OneMean_WantsBytes() => Check(Graph.Apply("Sub", _x, Graph.Scalar(128f)), isBytes: true);

    [Theory]
    [InlineData("RealDiv", 255f)]
    [InlineData("Mul", 1 / 255f)]
    [InlineData("Div", 128f)]
    public void Of_DivisionToUnitRange_WantsBytes(string op, float by) => Check(Graph.Apply(op, _x, Graph.Scalar(by)), isBytes: true);

    /// <summary>x / 127.5 - 1</summary>
    [Fact]
    public void Of_BytesToSignedRange_WantsBytes()
        => Check(Graph.Apply("Sub", Graph.Apply("Mul", _x, Graph.Scalar(1 / 127.5f)), Graph.Scalar(1f)), isBytes: true);

    /// <summary>(x - 0.5) * 2</summary>
    [Fact]
    public void Of_UnitToSignedRange_TellsNothing()
        => Check(Graph.Apply("Mul", Graph.Apply("Sub", _x, Graph.Scalar(0.5f)), Graph.Scalar(2f)), isBytes: false);

    [Fact]
    public void Of_TorchvisionsMeanAndDeviation_TellsNothing()
        => Check(Graph.Apply("RealDiv", Graph.Apply("Sub", _x, Mean(0.485f, 0.456f, 0.406f)), Mean(0.229f, 0.224f, 0.225f)), isBytes: false);

    [Fact]
    public void Of_BatchNormOfBytes_WantsBytes() => Check(BatchNorm(mean: [Blue, Green, Red], variance: 3600), isBytes: true, isBgr: true);

    [Fact]
    public void Of_BatchNormOfUnitRange_TellsNothing() => Check(BatchNorm(mean: [0.4f, 0.45f, 0.5f], variance: 0.07f), isBytes: false);

    [Fact]
    public void Of_StepsBehindATranspose_WantsBytes()
    {
        var centred = Graph.Apply("Sub", Graph.Transpose(_x, 0, 3, 1, 2), Graph.Constant([Blue, Green, Red], 1, 3, 1, 1));
        Check(Graph.Transpose(centred, 0, 2, 3, 1), isBytes: true, isBgr: true);
    }

    /// <summary>VGG as tutorials have it: it brings the unit range to bytes itself.</summary>
    [Fact]
    public void Of_UnitRangeToBytes_TellsNothing()
        => Check(Graph.Apply("Sub", Graph.Apply("Mul", _x, Graph.Scalar(255f)), Mean(Red, Green, Blue)), isBytes: false);

    [Fact]
    public void Of_MeanImage_TellsNothing() => Check(Graph.Apply("Sub", _x, Graph.RandomIn(100, 120, 4, 4, 3)), isBytes: false);

    /// <summary>What one branch does says nothing of the other.</summary>
    [Fact]
    public void Of_StepOfOneBranch_TellsNothing()
        => Check(Graph.Apply("Add", Graph.Apply("Neg", _x), Graph.Apply("Sub", _x, Graph.Scalar(128f))), isBytes: false);

    [Fact]
    public void Of_StepBehindTheFirstLayer_TellsNothing()
        => Check(Graph.Apply("Sub", Graph.Conv2D(_x, Graph.Random(3, 3, 3, 3)), Graph.Scalar(128f)), isBytes: false);

    private string Mean(params float[] colour) => Graph.Constant(colour, 3);

    private string BatchNorm(float[] mean, float variance) => Graph.Add(
        "FusedBatchNorm",
        [_x, Mean(1, 1, 1), Mean(0, 0, 0), Mean(mean), Mean(variance, variance, variance)],
        ("T", AttributeValue.Of(DataType.DtFloat)), ("epsilon", AttributeValue.Of(0.001f)), ("data_format", AttributeValue.Of("NHWC")), ("is_training", AttributeValue.Of(false)));

    private void Check(string picture, bool isBytes, bool? isBgr = null)
    {
        Graph.Apply("Softmax", Graph.Logits(picture));

        var start = Convert().Start;

        Assert.Equal((isBytes, isBgr), (start is not null, start?.IsBgr));
    }
}
