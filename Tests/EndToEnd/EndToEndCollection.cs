namespace ClassifierFunctions.Tests.EndToEnd;

[CollectionDefinition(nameof(EndToEndCollection))]
public sealed class EndToEndCollection : ICollectionFixture<AzuriteFixture>;
