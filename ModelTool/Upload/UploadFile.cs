namespace ClassifierFunctions.ModelTool.Upload;

/// <param name="Index">Position in the batch.</param>
/// <param name="Path">Where it lies, in the words of whoever named it.</param>
/// <param name="BlobName">Name within the uploads container.</param>
internal sealed record UploadFile(int Index, string Path, string BlobName);
