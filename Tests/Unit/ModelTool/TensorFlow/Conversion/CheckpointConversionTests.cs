using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion;
using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;
using ClassifierFunctions.Tests.Support.TensorFlow.Reference;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>Graphs whose weights are in a checkpoint beside them.</summary>
public sealed class CheckpointConversionTests : IDisposable
{
    private readonly TestCheckpoint _checkpoint = new(shards: 3);

    private TestGraph Graph => _checkpoint.Graph;

    public void Dispose() => _checkpoint.Dispose();

    [Fact]
    public void Convert_PartitionedVariables_AreWhole()
    {
        var filter = _checkpoint.Partitioned("conv/weights", Random(1, 3, 3, 3, 8), 3, 3, 2);
        var bias = _checkpoint.Partitioned("conv/biases", Random(2, 8), 5, 3);
        var convolution = Graph.Apply("Relu", Graph.BiasAdd(Graph.Conv2D(Graph.Picture(), filter), bias));
        var weights = _checkpoint.Variable("dense/weights", Random(3, 128, 5));
        var scores = Graph.Apply("Softmax", Graph.MatMul(Graph.Reshape(convolution, -1, 128), weights));

        var layers = Check(scores, Graph.Definition);

        // Each part is counted, once.
        Assert.Equal([(3 * 3 * 3 * 8) + 8, 128 * 5], layers.Select(layer => layer.Weights.Sum(part => part.Count)));
    }

    /// <summary>One operation, which in training normalises by the images of the batch.</summary>
    [Theory]
    [InlineData("FusedBatchNorm")]
    [InlineData("FusedBatchNormV3")]
    public void Convert_FusedBatchNormInTraining_TakesMovingAverages(string op)
    {
        var scores = Graph.Apply("Softmax", Graph.Dense(FusedBatchNorm(op, "bn", "bn")));

        var inference = Graph.Definition.Clone();
        var node = inference.Node.Single(node => node.Op == op);
        node.Attr["is_training"] = AttributeValue.Of(false);
        (node.Input[3], node.Input[4]) = ("bn/moving_mean/read", "bn/moving_variance/read");

        Check(scores, inference, "1 batch normalisations (bn …) are saved as in training");
    }

    [Fact]
    public void Convert_FusedBatchNormInTrainingWithoutMovingAverages_SaysSo()
    {
        Graph.Apply("Softmax", Graph.Dense(FusedBatchNorm("FusedBatchNorm", "bn", "elsewhere")));
        using var source = _checkpoint.Open();

        var failure = Assert.Throws<ImportException>(() => Converter.Convert(source, new()));

        Assert.Contains("FusedBatchNorm (FusedBatchNorm), which normalises by the images of the batch, as in training", failure.Message, StringComparison.Ordinal);
        Assert.Contains("no moving_mean and moving_variance", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>tf.nn.moments and tf.nn.batch_normalization, as Keras behind dense layers and tf.contrib.layers have them.</summary>
    [Fact]
    public void Convert_WrittenOutBatchNormInTraining_TakesMovingAverages()
    {
        var features = Graph.Features(Graph.Picture());
        var (mean, variance) = (_checkpoint.Variable("bn/moving_mean", Random(1, 2)), _checkpoint.Variable("bn/moving_variance", Positive(2, 2)));
        Graph.Scope = "bn/moments/";
        var ofBatch = Graph.Squeeze(Named("mean", Graph.Reduce("Mean", features, Graph.Vector(0, 1, 2), keepDims: true)), 0, 1, 2);
        var differences = Graph.Apply("SquaredDifference", features, Graph.Apply("StopGradient", "bn/moments/mean"));
        var varianceOfBatch = Graph.Squeeze(Named("variance", Graph.Reduce("Mean", differences, Graph.Vector(0, 1, 2), keepDims: true)), 0, 1, 2);
        Graph.Scope = "";
        var inverse = Graph.Apply("Rsqrt", Graph.Apply("Add", varianceOfBatch, Graph.Scalar(0.001f)));
        var centred = Graph.Apply("Mul", Graph.Apply("Sub", features, ofBatch), inverse);
        var scores = Graph.Apply("Softmax", Graph.Dense(centred));

        var inference = Graph.Definition.Clone();
        foreach (var node in inference.Node)
        {
            for (var i = 0; i < node.Input.Count; i++)
                node.Input[i] = node.Input[i] == ofBatch ? mean : node.Input[i] == varianceOfBatch ? variance : node.Input[i];
        }

        Check(scores, inference, "1 batch normalisations (bn …) are saved as in training");
    }

    [Fact]
    public void Convert_WrittenOutBatchNormWithoutMovingAverages_NotesThatImagesDependOnEachOther()
    {
        var features = Graph.Features(Graph.Picture());
        var scores = Graph.Apply("Softmax", Graph.Dense(Graph.Apply("Sub", features, Graph.Reduce("Mean", features, Graph.Vector(0, 1, 2), keepDims: true))));
        _checkpoint.Variable("step", Random(1, 1));

        Check(scores, Graph.Definition, "1 nodes (Mean …) reckon over all images of a run");
    }

    [Fact]
    public void Convert_VariableNotInTheCheckpoint_SaysWhich()
    {
        _checkpoint.Variable("step", Random(1, 1));
        Graph.AddNamed("w", "VariableV2", [], ("dtype", AttributeValue.Of(DataType.DtFloat)), ("shape", AttributeValue.Shape(3, 3, 3, 2)));
        Graph.Apply("Softmax", Graph.Dense(Graph.Conv2D(Graph.Picture(), "w")));
        using var source = _checkpoint.Open();

        var failure = Assert.Throws<ImportException>(() => Converter.Convert(source, new()));

        Assert.Contains("no value for variable w", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Random numbers, others for each seed.</summary>
    private static ReferenceTensor Random(int seed, params int[] dims)
    {
        var random = new Random(seed);
        return ReferenceTensor.Compute(dims, DataType.DtFloat, _ => (random.NextSingle() * 2) - 1);
    }

    private static ReferenceTensor Positive(int seed, params int[] dims) => Random(seed, dims).Map(value => (value * value) + 0.1f) with { Type = DataType.DtFloat };

    /// <summary>A convolution and its normalisation, which has the moving averages in a scope.</summary>
    private string FusedBatchNorm(string op, string scope, string averages)
    {
        var features = Graph.Features(Graph.Picture());
        var (gamma, beta) = (_checkpoint.Variable($"{scope}/gamma", Random(1, 2)), _checkpoint.Variable($"{scope}/beta", Random(2, 2)));
        _checkpoint.Variable($"{averages}/moving_mean", Random(3, 2));
        _checkpoint.Variable($"{averages}/moving_variance", Positive(4, 2));
        var none = Graph.Constant<float>([], 0);
        return Graph.Add(
            op, [features, gamma, beta, none, none], ("T", AttributeValue.Of(DataType.DtFloat)), ("U", AttributeValue.Of(DataType.DtFloat)),
            ("epsilon", AttributeValue.Of(0.001f)), ("data_format", AttributeValue.Of("NHWC")), ("is_training", AttributeValue.Of(true)));
    }

    private string Named(string name, string node)
    {
        Graph.Definition.Node.Single(other => other.Name == node).Name = Graph.Scope + name;
        return Graph.Scope + name;
    }

    private IReadOnlyList<LayerRow> Check(string output, GraphDef inference, string? note = null)
    {
        using var source = _checkpoint.Open();
        using var run = new ConvertedRun(source, new ConversionRequest { Outputs = [output] });
        foreach (var pictures in new[] { 1, 3 })
        {
            var picture = Conformance.NewTensor(pictures, 4, 4, 3);
            var feeds = new Dictionary<string, ReferenceTensor>(_checkpoint.Values) { ["x"] = picture };
            Conformance.AssertClose(new ReferenceGraph(inference, feeds).Run(output), run.Run(picture));
        }

        Assert.Equal(note is null, run.Model.Notes.Count == 0);
        Assert.All(run.Model.Notes, text => Assert.StartsWith(note!, text, StringComparison.Ordinal));
        return run.Model.Layers;
    }
}
