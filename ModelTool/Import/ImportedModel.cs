namespace ClassifierFunctions.ModelTool.Import;

/// <summary>A model as it was converted, to be written.</summary>
/// <param name="Report">What it was made from.</param>
/// <param name="WriteOnnx">Writes the ONNX file to a path.</param>
/// <param name="IsMultiLabel">Whether its classes are independent of each other: it ends in a sigmoid for each.</param>
internal sealed record ImportedModel(ImportReport Report, Action<string> WriteOnnx, bool IsMultiLabel);
