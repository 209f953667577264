namespace ClassifierFunctions.Tests.Unit.Imaging;

/// <summary>Tests that measure the process: after all others, one by one.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
