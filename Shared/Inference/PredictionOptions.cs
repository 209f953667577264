namespace ClassifierFunctions.Inference;

/// <summary>Which predictions an answer has.</summary>
/// <param name="Top">At most this many, best first; 1 or more.</param>
/// <param name="Threshold">None with a score below; 0 to 1.</param>
public sealed record PredictionOptions(int Top = 5, float Threshold = 0);
