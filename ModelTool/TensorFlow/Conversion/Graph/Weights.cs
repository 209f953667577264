namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

/// <summary>Trained numbers of the source: a variable, or a constant that was one before the graph was frozen.</summary>
/// <param name="Name">Of the variable or constant.</param>
/// <param name="Count">How many numbers.</param>
internal sealed record Weights(string Name, long Count);
