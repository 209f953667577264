namespace ClassifierFunctions.ModelTool.Import;

/// <summary>How images become the input of an imported model.</summary>
/// <param name="Json">The text of <c>preprocessor_config.json</c>.</param>
/// <param name="Description">The same as one sentence.</param>
/// <param name="Assumption">What nobody said and was assumed, as one sentence; null when there is nothing.</param>
internal sealed record Preprocessing(string Json, string Description, string? Assumption);
