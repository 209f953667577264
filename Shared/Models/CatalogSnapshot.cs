using System.Globalization;

namespace ClassifierFunctions.Models;

/// <summary>The catalogue at one moment. Immutable, so that a request sees one state of it.</summary>
internal sealed class CatalogSnapshot
{
    private readonly SortedDictionary<string, CatalogEntry[]> _models;

    /// <param name="entries">All versions of all models.</param>
    /// <param name="configuredDefault">As <see cref="ModelsOptions.Default"/>.</param>
    public CatalogSnapshot(IEnumerable<CatalogEntry> entries, string? configuredDefault)
    {
        Entries = [.. entries];
        _models = new(
            Entries.GroupBy(entry => entry.Folder.Model)
                .ToDictionary(group => group.Key, group => group.OrderByDescending(Number).ThenByDescending(entry => entry.Version, StringComparer.Ordinal).ToArray()),
            StringComparer.Ordinal);
        Default = configuredDefault is { Length: > 0 } ? configuredDefault
            : _models.Count == 1 ? _models.Keys.First()
            : _models.ContainsKey(ModelsOptions.ModelInTheBox) ? ModelsOptions.ModelInTheBox
            : null;
    }

    public IReadOnlyList<CatalogEntry> Entries { get; }

    /// <summary>All that was read, whether it answers requests or is still to.</summary>
    public IEnumerable<ModelVersion> Read => Entries.SelectMany(entry => new[] { entry.Model, entry.Pending }).OfType<ModelVersion>();

    /// <summary>Name of the model that answers when a request names none; null when there is no such model.</summary>
    public string? Default { get; }

    public IReadOnlyCollection<string> Names => _models.Keys;

    /// <summary>The versions of a model, highest first; null when there is no such model.</summary>
    public IReadOnlyList<CatalogEntry>? Versions(string model) => _models.GetValueOrDefault(model);

    private static long Number(CatalogEntry entry) => long.Parse(entry.Version, NumberStyles.None, CultureInfo.InvariantCulture);
}
