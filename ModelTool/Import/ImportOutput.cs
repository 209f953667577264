namespace ClassifierFunctions.ModelTool.Import;

/// <summary>An output of what is imported.</summary>
/// <param name="Name">As TensorFlow calls it.</param>
/// <param name="Scores">Numbers per image; null when the graph leaves it open.</param>
internal sealed record ImportOutput(string Name, int? Scores);
