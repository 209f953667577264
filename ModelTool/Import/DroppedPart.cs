namespace ClassifierFunctions.ModelTool.Import;

/// <summary>Something of a training graph or checkpoint that the model does not need.</summary>
/// <param name="What">For people, in the plural: "optimizer slots".</param>
/// <param name="Count">How many.</param>
/// <param name="Bytes">What they took; null where that is not known or means nothing.</param>
internal sealed record DroppedPart(string What, int Count, long? Bytes = null);
