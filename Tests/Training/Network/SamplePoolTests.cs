using ClassifierFunctions.Training.Network;
using ClassifierFunctions.Training.Photos;

namespace ClassifierFunctions.Tests.Training.Network;

[Collection(nameof(TorchCollection))]
public sealed class SamplePoolTests
{
    private const int Size = 3 * 224 * 224;

    [Fact]
    public void Batch_Indices_GivesThoseSamplesNormalised()
    {
        var samples = Enumerable.Range(0, 4).Select(i => new Sample(Bytes(i), [i, 0, 0, 0, 1])).ToArray();
        var pool = new SamplePool(samples);
        Assert.Equal(4, pool.Count);
        var (input, target) = pool.Batch([2, 0, 3]);
        using (input)
        using (target)
        {
            Assert.Equal([3, 3, 224, 224], input.shape);
            Assert.Equal([3, 5], target.shape);
            var values = input.data<float>().ToArray();
            foreach (var (sample, row) in ((int, int)[])[(2, 0), (0, 1), (3, 2)])
            {
                for (var i = 0; i < Size; i += 97)
                    Assert.Equal(((samples[sample].Pixels[i] / 255.0) - 0.5) / 0.5, values[(row * Size) + i], 1e-6);
                Assert.Equal((float)sample, target[row, 0].item<float>());
                Assert.Equal(1f, target[row, 4].item<float>());
            }
        }
    }

    [Fact]
    public void Targets_Samples_AreTheirShares()
        => Assert.Equal([[1f, 0], [0.5f, 0.5f]], new SamplePool([new Sample([], [1, 0]), new Sample([], [0.5f, 0.5f])]).Targets);

    private static byte[] Bytes(int seed)
    {
        var bytes = new byte[Size];
        new Random(seed).NextBytes(bytes);
        (bytes[0], bytes[1]) = (0, 255);
        return bytes;
    }
}
