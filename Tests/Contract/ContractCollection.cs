namespace ClassifierFunctions.Tests.Contract;

[CollectionDefinition(nameof(ContractCollection))]
public sealed class ContractCollection : ICollectionFixture<AppFixture>;
