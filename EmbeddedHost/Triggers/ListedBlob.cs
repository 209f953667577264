namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>A blob as a listing shows it.</summary>
/// <param name="Name">Name within its container.</param>
/// <param name="ETag">Its version, without quotes.</param>
internal readonly record struct ListedBlob(string Name, string ETag);
