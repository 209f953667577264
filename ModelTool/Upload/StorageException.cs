namespace ClassifierFunctions.ModelTool.Upload;

/// <summary>The storage account cannot be used at all. The message says what to do, and holds no key.</summary>
internal sealed class StorageException(string message) : Exception(message);
