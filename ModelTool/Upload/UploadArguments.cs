namespace ClassifierFunctions.ModelTool.Upload;

/// <param name="Images">Files and folders.</param>
/// <param name="Model">Model that classifies them; null for the app's default one.</param>
/// <param name="Folder">What the batch's names begin with, after the model.</param>
/// <param name="Storage">Storage account; null for the one of the app's settings.</param>
/// <param name="Wait">Whether to wait for the results.</param>
/// <param name="Patience">How long to wait without a new result.</param>
internal sealed record UploadArguments(FileSystemInfo[] Images, string? Model, string Folder, string? Storage, bool Wait, TimeSpan Patience);
