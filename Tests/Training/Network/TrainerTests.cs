using ClassifierFunctions.Training.Network;

namespace ClassifierFunctions.Tests.Training.Network;

[Collection(nameof(TorchCollection))]
public sealed class TrainerTests(TorchCollection torches)
{
    [Fact]
    public void Run_EasyPictures_LearnsThem()
    {
        var trained = torches.Trained;
        Assert.Equal(Enumerable.Range(1, 10), trained.Epochs.Select(epoch => epoch.Epoch));
        // The loss of not knowing is log 5 = 1.61.
        Assert.True(trained.Epochs[^1].Loss < 0.7 * trained.Epochs[0].Loss);
        Assert.True(trained.Epochs[^1].Accuracy > 0.75);
        Assert.False(trained.Network.training);
        // What is reported is what the network gives.
        var right = trained.Network.Scores(trained.Validation).Zip(trained.Validation.Targets)
            .Count(pair => pair.First[Array.IndexOf(pair.Second, 1)] == pair.First.Max());
        Assert.Equal((double)right / trained.Validation.Count, trained.Epochs[^1].Accuracy, 1e-9);
    }

    [Fact]
    public void Run_SameSeed_GivesTheSameWeights()
    {
        float[] Weights(int seed)
        {
            using var trained = new TrainedNetwork(epochs: 1, seed);
            return trained.Network.ScoreLayer.weight.data<float>().ToArray();
        }

        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));
    }

    [Fact]
    public void Run_Cancelled_Stops()
    {
        var trained = torches.Trained;
        Assert.Throws<OperationCanceledException>(()
            => new Trainer(trained.Pool, trained.Validation, 1, 1, (_, _, _, _) => { }).Run(new CancellationToken(canceled: true)));
    }
}
