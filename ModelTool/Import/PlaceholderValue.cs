namespace ClassifierFunctions.ModelTool.Import;

/// <summary>A placeholder beside the image, and the constant that it became.</summary>
/// <param name="Name">As TensorFlow calls it.</param>
/// <param name="Value">For people: "false", "1".</param>
/// <param name="Why">For people: "--set", "inference value of a dropout's keep_prob".</param>
internal sealed record PlaceholderValue(string Name, string Value, string Why);
