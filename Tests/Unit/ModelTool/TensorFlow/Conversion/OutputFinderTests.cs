using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion;
using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

public sealed class OutputFinderTests
{
    private readonly TestGraph _graph = new();
    private readonly string _logits;

    public OutputFinderTests() => _logits = _graph.Logits(_graph.Picture());

    [Theory]
    [InlineData("Softmax")]
    [InlineData("Sigmoid")]
    [InlineData("LogSoftmax")]
    public void Find_ActivationAtTheEnd_IsIt(string op)
    {
        var scores = _graph.Apply(op, _logits);

        Assert.Equal([scores], Find());
    }

    /// <summary>The accuracy that training prints is made of the scores; it is no layer.</summary>
    [Fact]
    public void Find_SoftmaxUnderAnAccuracy_IsIt()
    {
        var scores = _graph.Apply("Softmax", _logits);
        Loss("SparseSoftmaxCrossEntropyWithLogits", _logits);
        var right = _graph.Add("Equal", [_graph.ArgMax(scores, 1), Labels(DataType.DtInt64)], ("T", AttributeValue.Of(DataType.DtInt64)));
        _graph.Reduce("Mean", _graph.Cast(right, DataType.DtBool, DataType.DtFloat), _graph.Vector(0), keepDims: false);

        Assert.Equal([scores], Find());
    }

    [Fact]
    public void Find_SoftmaxWithinTheNetwork_IsNotIt()
    {
        var attention = _graph.Apply("Softmax", _logits);
        var scores = _graph.Apply("Softmax", _graph.MatMul(attention, _graph.Random(2, 5)));

        Assert.Equal([scores], Find());
    }

    [Fact]
    public void Find_OnlySoftmaxIsWithinTheNetwork_IsTheEnd()
    {
        var attention = _graph.Apply("Sigmoid", _logits);
        var logits = _graph.MatMul(attention, _graph.Random(2, 5));

        Assert.Equal([logits], Find());
    }

    /// <summary>Of constants.</summary>
    [Fact]
    public void Find_SoftmaxWithoutANetwork_IsNotIt()
    {
        _graph.Apply("Softmax", _graph.Random(2, 5));

        Assert.Equal([_logits], Find());
    }

    [Theory]
    [InlineData("SoftmaxCrossEntropyWithLogits")]
    [InlineData("SparseSoftmaxCrossEntropyWithLogits")]
    public void Find_LossOnly_IsItsLogits(string op)
    {
        Loss(op, _graph.Reshape(_logits, -1, 2));

        Assert.Equal([_logits], Find());
    }

    [Fact]
    public void Find_SigmoidLoss_IsItsLogits()
    {
        _graph.AddNamed("loss/logistic_loss/zeros_like", "ZerosLike", [_logits], ("T", AttributeValue.Of(DataType.DtFloat)));
        _graph.AddNamed("loss/logistic_loss/GreaterEqual", "GreaterEqual", [_logits, "loss/logistic_loss/zeros_like"], ("T", AttributeValue.Of(DataType.DtFloat)));

        Assert.Equal([_logits], Find());
    }

    [Fact]
    public void Find_NoLoss_IsWhatNothingTakes() => Assert.Equal([_logits], Find());

    [Fact]
    public void Find_NothingTakesAScalar_IsNotIt()
    {
        var loss = _graph.Reduce("Mean", _logits, _graph.Vector(0, 1), keepDims: false);
        var scores = _graph.Apply("Relu", _logits);
        _graph.Definition.Node.Single(node => node.Name == loss).Attr.Add("_output_shapes", new() { List = new() { Shape = { new TensorShapeProto() } } });

        Assert.Equal([scores], Find());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Find_ArgMaxAtTheEnd_IsWhatItTakes(bool cast)
    {
        var best = _graph.ArgMax(_logits, 1);
        if (cast)
            _graph.Cast(best, DataType.DtInt64, DataType.DtInt32);

        Assert.Equal([_logits], Find());
    }

    [Fact]
    public void Find_TopKAtTheEnd_IsWhatItTakes()
    {
        _graph.Add("TopKV2", [_logits, _graph.Scalar(1)], ("T", AttributeValue.Of(DataType.DtFloat)), ("sorted", AttributeValue.Of(true)));

        Assert.Equal([_logits], Find());
    }

    [Fact]
    public void Find_GradientsAndSummaries_AreIgnored()
    {
        var scores = _graph.Apply("Softmax", _logits);
        _graph.Add("HistogramSummary", [_graph.Scalar(0f), scores], ("T", AttributeValue.Of(DataType.DtFloat)));
        _graph.AddNamed("train/gradients/Softmax_grad/Softmax", "Softmax", [_logits], ("T", AttributeValue.Of(DataType.DtFloat)));
        _graph.AddNamed("train/gradients/Softmax_grad/MatMul", "MatMul", [scores, _graph.Random(2, 2)], ("T", AttributeValue.Of(DataType.DtFloat)));
        _graph.Add("Assign", [_graph.Add("VariableV2", []), scores], ("T", AttributeValue.Of(DataType.DtFloat)));

        Assert.Equal([scores], Find());
    }

    [Fact]
    public void Find_AuxiliaryHead_IsIgnored()
    {
        var scores = _graph.Apply("Softmax", _logits);
        _graph.AddNamed("AuxLogits/Softmax", "Softmax", [_graph.Dense("Relu")], ("T", AttributeValue.Of(DataType.DtFloat)));

        Assert.Equal([scores], Find());
    }

    [Fact]
    public void Find_Several_ListsThem()
    {
        string[] heads = [_graph.Apply("Softmax", _logits), _graph.Apply("Softmax", _graph.Dense("Relu"))];

        Fails([], "several outputs", "--output", string.Join(", ", heads));
    }

    [Fact]
    public void Find_Many_ListsTheFirst()
    {
        for (var head = 0; head < 15; head++)
            _graph.Apply("Softmax", _logits);

        Fails([], "Softmax, Softmax_1, ", ", Softmax_11 and 3 more");
    }

    [Fact]
    public void Find_NoNetwork_SaysSo()
    {
        var graph = new TestGraph();
        graph.Apply("Softmax", graph.Random(2, 5));
        using var source = graph.Open();

        var failure = Assert.Throws<ImportException>(() => OutputFinder.Find(source, new GraphShape(source), []));

        Assert.Contains("no output of a network was found; name one with --output", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_Named_AreThoseInThatOrder()
    {
        var second = _graph.Split(_logits, 1, 2) + ":1";
        _graph.Apply("Softmax", _logits);

        Assert.Equal([second, "Relu", _logits], Find(second, "Relu:0", _logits));
    }

    [Fact]
    public void Find_NamedTwiceInTwoWays_IsOne() => Assert.Equal(["Relu"], Find("Relu", "Relu:0"));

    [Fact]
    public void Find_NameThatIsNone_SuggestsThoseThatEndSo()
    {
        _graph.AddNamed("tower/Predictions/Softmax", "Softmax", [_logits], ("T", AttributeValue.Of(DataType.DtFloat)));
        _graph.AddNamed("other/Predictions/Softmax", "Softmax", [_logits], ("T", AttributeValue.Of(DataType.DtFloat)));

        Fails(["Predictions/Softmax"], "--output Predictions/Softmax: there is no such node. Is it tower/Predictions/Softmax or other/Predictions/Softmax?");
    }

    [Fact]
    public void Find_NameLikeNoOther_SaysSo() => Fails(["y_pred"], "--output y_pred: there is no such node.");

    private void Loss(string op, string logits)
    {
        var labels = op.StartsWith("Sparse", StringComparison.Ordinal) ? Labels(DataType.DtInt64) : _graph.Placeholder("one-hot", DataType.DtFloat, -1, 2);
        _graph.Add(op, [logits, labels], ("T", AttributeValue.Of(DataType.DtFloat)));
    }

    private string Labels(DataType type)
        => _graph.Definition.Node.Any(node => node.Name == "y") ? "y" : _graph.Placeholder("y", type, -1);

    private IReadOnlyList<string> Find(params string[] wanted)
    {
        using var source = _graph.Open();
        return OutputFinder.Find(source, new GraphShape(source), wanted);
    }

    private void Fails(string[] wanted, params string[] parts)
    {
        var failure = Assert.Throws<ImportException>(() => Find(wanted));
        Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }
}
