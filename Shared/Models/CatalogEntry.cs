namespace ClassifierFunctions.Models;

/// <summary>What the catalogue knows of one version's folder. Immutable.</summary>
/// <param name="Folder">The folder as it was when it was read.</param>
/// <param name="Model">What answers requests; null when nothing can. After a failed replacement it is still the one from before.</param>
/// <param name="Failure">Why the folder as it is now cannot be served; null when it can.</param>
/// <param name="Pending">Read, but its session could not be created so far; tried again.</param>
internal sealed record CatalogEntry(VersionFolder Folder, ModelVersion? Model, string? Failure, ModelVersion? Pending = null)
{
    public string Version => Folder.Version;
}
