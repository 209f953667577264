using ClassifierFunctions.Tests.Training.Network;
using ClassifierFunctions.Training.Network;
using TorchSharp;

namespace ClassifierFunctions.Tests.Training;

/// <summary>Tests that use TorchSharp: alone, as its seed and its number of threads are the process's.</summary>
[CollectionDefinition(nameof(TorchCollection), DisableParallelization = true)]
public sealed class TorchCollection : ICollectionFixture<TorchCollection>, IDisposable
{
    private readonly Lazy<TrainedNetwork> _trained = new(() => new TrainedNetwork(epochs: 10));

    public TorchCollection()
    {
        LibTorch.MakeLoadable();
        torch.set_num_threads(1);
    }
    /// <summary>One for all tests that do not change it.</summary>
    internal TrainedNetwork Trained => _trained.Value;

    public void Dispose()
    {
        if (_trained.IsValueCreated)
            _trained.Value.Dispose();
    }
}
