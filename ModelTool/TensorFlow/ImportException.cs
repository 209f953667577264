namespace ClassifierFunctions.ModelTool.TensorFlow;

/// <summary>A graph or checkpoint that cannot be imported. The message names file, node or tensor, and says what to do about it.</summary>
internal sealed class ImportException(string message, Exception? inner = null) : Exception(message, inner);
