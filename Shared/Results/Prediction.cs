namespace ClassifierFunctions.Results;

/// <summary>One class and how probable the model finds it.</summary>
/// <param name="Label">The class's name.</param>
/// <param name="Score">Probability, 0 to 1.</param>
/// <param name="Index">The class's position in the model's output.</param>
public sealed record Prediction(string Label, float Score, int Index);
