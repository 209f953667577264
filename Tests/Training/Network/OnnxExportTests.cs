using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Training.Network;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace ClassifierFunctions.Tests.Training.Network;

[Collection(nameof(TorchCollection))]
public sealed class OnnxExportTests(TorchCollection torches) : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly TrainedNetwork _trained = torches.Trained;

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(1.7)]
    public void Save_TrainedNetwork_AgreesInOnnxRuntime(double temperature)
    {
        using var engine = OnnxEnvironment.CreateSessionOptions();
        using var session = new InferenceSession(_trained.Export(_temporary, temperature), engine);
        var expected = _trained.Network.Scores(_trained.Pool);
        // Scores that differ from picture to picture, or agreement would mean nothing.
        Assert.True(expected.Max(row => row[0]) - expected.Min(row => row[0]) > 0.5);
        foreach (var batch in (int[])[1, 5])
        {
            var (input, _) = _trained.Pool.Batch([.. Enumerable.Range(0, batch)]);
            using var value = OrtValue.CreateTensorValueFromMemory(input.data<float>().ToArray(), [batch, 3, 224, 224]);
            using var options = new RunOptions();
            using var results = session.Run(options, ["pixel_values"], [value], ["logits"]);
            Assert.Equal([batch, 5], results[0].GetTensorTypeAndShape().Shape);
            var scores = results[0].GetTensorDataAsSpan<float>();
            for (var i = 0; i < scores.Length; i++)
                Assert.Equal(expected[i / 5][i % 5] / temperature, scores[i], 1e-4);
        }
    }

    [Fact]
    public void Save_TrainedNetwork_IsASmallFileOfAnyBatch()
    {
        var path = _trained.Export(_temporary, 1.7);
        Assert.InRange(new FileInfo(path).Length, 100_000, 2_000_000);
        using var engine = OnnxEnvironment.CreateSessionOptions();
        using var session = new InferenceSession(path, engine);
        var input = Assert.Single(session.InputMetadata);
        Assert.Equal("pixel_values", input.Key);
        Assert.Equal([-1, 3, 224, 224], input.Value.Dimensions);
        Assert.Equal("batch", input.Value.SymbolicDimensions[0]);
        var output = Assert.Single(session.OutputMetadata);
        Assert.Equal("logits", output.Key);
        Assert.Equal([-1, 5], output.Value.Dimensions);
        Assert.Equal("batch", output.Value.SymbolicDimensions[0]);
    }

    [Fact]
    public void Save_ModelFolder_IsReadByTheEngine()
    {
        _trained.Export(_temporary, 1);
        var model = ModelFolder.Read("photo-quality", "1", _temporary.Path);
        Assert.Equal(["good", "blurred", "dark", "overexposed", "noisy"], model.Labels);
        Assert.Equal(OutputActivation.Softmax, model.Activation);
        Assert.Null(model.Assumption);
        Assert.Equal((224, 224), model.Preprocessing.OutputSize);
        Assert.Equal(224, model.Preprocessing.ShortestEdge);
        Assert.Equal(1 / 255.0, model.Preprocessing.RescaleFactor, 1e-9);
        Assert.Equal([0.5, 0.5, 0.5], model.Preprocessing.Mean!);
        Assert.Equal([0.5, 0.5, 0.5], model.Preprocessing.Std!);
        // Convolutions with the bias of the normalisation folded in, and two dense layers, counted by hand.
        long expected = (27 * 16) + 16 + (9 * 16 * 32) + 32 + (9 * 32 * 48) + 48 + (9 * 48 * 64) + 64 + (9 * 64 * 96) + 96 + 1 + (2 * 256 * 64) + 64 + (64 * 5) + 5;
        Assert.Equal(expected, model.Parameters);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1.7)]
    public void LargestDifference_ExportedNetwork_IsBelowTheTolerance(double temperature)
    {
        _trained.Export(_temporary, temperature);
        var model = ModelFolder.Read("photo-quality", "1", _temporary.Path);
        Assert.InRange(ParityCheck.LargestDifference(_trained.Network, temperature, model, _trained.Validation), 0, 1e-4);
        Assert.InRange(ParityCheck.LargestDifference(_trained.Network, temperature * 1.1, model, _trained.Validation), 1e-3, double.MaxValue);
    }

    [Fact]
    public void LargestDifference_OneWeightOff_ShowsIt()
    {
        using var trained = new TrainedNetwork(epochs: 1);
        trained.Export(_temporary, 1);
        var model = ModelFolder.Read("photo-quality", "1", _temporary.Path);
        using (torch.no_grad())
            trained.Network.ScoreLayer.bias![4].add_(0.01);
        Assert.Equal(0.01, ParityCheck.LargestDifference(trained.Network, 1, model, trained.Validation), 1e-4);
    }

    [Fact]
    public void LargestDifference_OneClassNotANumber_IsNotANumber()
    {
        using var trained = new TrainedNetwork(epochs: 1);
        using (torch.no_grad())
            trained.Network.ScoreLayer.bias![2].fill_(double.NaN);
        trained.Export(_temporary, 1);
        var model = ModelFolder.Read("photo-quality", "1", _temporary.Path);
        Assert.True(double.IsNaN(ParityCheck.LargestDifference(trained.Network, 1, model, trained.Validation)));
    }

    [Fact]
    public void Save_Twice_GivesTheSameBytes()
    {
        var first = File.ReadAllBytes(_trained.Export(_temporary, 1.7));
        Assert.Equal(first, File.ReadAllBytes(_trained.Export(_temporary, 1.7)));
    }
}
