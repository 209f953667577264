namespace ClassifierFunctions.Results;

/// <summary>The answer for a request with one image.</summary>
public sealed record ClassificationResult(
    string Model, string Version, IReadOnlyList<Prediction> Predictions, ImageInfo Image);
