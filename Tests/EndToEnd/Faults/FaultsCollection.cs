namespace ClassifierFunctions.Tests.EndToEnd.Faults;

/// <summary>An Azurite that no app watches: what is uploaded there is classified by the tests' own calls only.</summary>
[CollectionDefinition(nameof(FaultsCollection))]
public sealed class FaultsCollection : ICollectionFixture<AzuriteFixture>;
