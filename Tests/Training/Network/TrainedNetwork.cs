using ClassifierFunctions.Training;
using ClassifierFunctions.Training.Network;
using ClassifierFunctions.Training.Photos;

namespace ClassifierFunctions.Tests.Training.Network;

/// <summary>A network after a few steps, so that its batch normalisation has statistics, and what it learnt from: pictures of five brightnesses.</summary>
internal sealed class TrainedNetwork : IDisposable
{
    private const int Samples = 128;

    public TrainedNetwork(int epochs = 2, int seed = 1)
    {
        LibTorch.MakeLoadable();
        Pool = new SamplePool([.. Enumerable.Range(0, Samples).Select(MakeSample)]);
        Validation = new SamplePool([.. Enumerable.Range(Samples, 33).Select(MakeSample)]);
        Network = new Trainer(Pool, Validation, epochs, seed, (epoch, loss, validationLoss, accuracy) => Epochs.Add((epoch, loss, validationLoss, accuracy)))
            .Run(CancellationToken.None);
    }

    public SamplePool Pool { get; }

    public SamplePool Validation { get; }

    public QualityNetwork Network { get; }

    public List<(int Epoch, double Loss, double ValidationLoss, double Accuracy)> Epochs { get; } = [];

    public void Dispose() => Network.Dispose();

    /// <summary>Writes the model folder.</summary>
    public string Export(TemporaryFolder folder, double temperature)
    {
        ModelFiles.Write(folder.Path);
        OnnxExport.Save(Network, temperature, folder.File("model.onnx"));
        return folder.File("model.onnx");
    }

    private static Sample MakeSample(int i)
    {
        var (random, pixels, target) = (new Random(i), new byte[3 * 224 * 224], new float[5]);
        random.NextBytes(pixels);
        for (var at = 0; at < pixels.Length; at++)
            pixels[at] = (byte)((i % 5 * 50) + (pixels[at] / 8));
        target[i % 5] = 1;
        return new Sample(pixels, target);
    }
}
