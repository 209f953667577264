namespace ClassifierFunctions.Results;

/// <summary>The answer of a health route.</summary>
public sealed record HealthStatus(string Status);
