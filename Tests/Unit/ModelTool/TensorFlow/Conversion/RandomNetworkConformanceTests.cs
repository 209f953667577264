using ClassifierFunctions.Tests.Support.TensorFlow;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>Networks of nodes chosen at random: combinations that nobody thought of.</summary>
public sealed class RandomNetworkConformanceTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 150)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void RandomNetwork_Seed_IsReference(int seed) => Conformance.CheckRandomNetwork(seed);
}
