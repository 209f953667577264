namespace ClassifierFunctions.Models;

/// <summary>One model of the catalogue.</summary>
/// <param name="Name">What a request names.</param>
/// <param name="Versions">Highest first.</param>
public sealed record ModelEntry(string Name, IReadOnlyList<ModelDescription> Versions);
