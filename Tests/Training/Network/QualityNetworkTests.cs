using ClassifierFunctions.Training.Network;

namespace ClassifierFunctions.Tests.Training.Network;

[Collection(nameof(TorchCollection))]
public sealed class QualityNetworkTests(TorchCollection torches)
{
    [Fact]
    public void Multiplications_Picture_AreCountedByHand()
    {
        // Per output pixel 9 x input channels x output channels: 224 halves to 112, 56, 28 and 14, and stays.
        var expected = (112L * 112 * 9 * 3 * 16) + (56L * 56 * 9 * 16 * 32) + (28L * 28 * 9 * 32 * 48) + (14L * 14 * 9 * 48 * 64) + (14L * 14 * 9 * 64 * 96)
            + (2 * (16 + 32 + 48 + 64 + 96) * 64) + (64 * 5);
        Assert.Equal(expected, QualityNetwork.Multiplications);
    }

    [Fact]
    public void Scores_Pool_AreThoseOfEachPictureInOrder()
    {
        // More than one batch of scoring.
        var trained = torches.Trained;
        var scores = trained.Network.Scores(trained.Pool);
        Assert.Equal(trained.Pool.Count, scores.Count);
        foreach (var i in (int[])[0, 31, 32, 127])
        {
            var (input, _) = trained.Pool.Batch([i]);
            var single = trained.Network.forward(input).data<float>().ToArray();
            Assert.Equal(5, single.Length);
            Assert.All(single.Zip(scores[i]), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        }
    }
}
