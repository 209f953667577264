namespace ClassifierFunctions.Models;

/// <summary>A model folder that cannot be used as it is. The message names the file and what to change.</summary>
public sealed class ModelFormatException(string message, Exception? innerException = null) : Exception(message, innerException);
