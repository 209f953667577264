namespace ClassifierFunctions.Results;

/// <summary>The answer for a request with several images, in the order in which they came.</summary>
public sealed record BatchResult(string Model, string Version, IReadOnlyList<ImageResult> Results);
