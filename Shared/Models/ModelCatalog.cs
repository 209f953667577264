using ClassifierFunctions.Configuration;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Results;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Models;

/// <summary>The models of the models folder. A broken folder is listed as failed and stops no other.</summary>
public sealed partial class ModelCatalog
{
    private readonly SessionStore _sessions;
    private readonly CatalogReload _reload;
    private readonly string? _configuredDefault;
    private readonly ILogger<ModelCatalog> _logger;
    private volatile CatalogSnapshot _snapshot;

    /// <exception cref="StartupException">The folder does not exist, or a model that the settings name does not.</exception>
    internal ModelCatalog(IOptions<ModelsOptions> options, SessionStore sessions, IHostEnvironment environment, ILogger<ModelCatalog> logger)
    {
        _sessions = sessions;
        _logger = logger;
        _configuredDefault = options.Value.Default;
        Folder = Locate(options.Value.Path, [Environment.CurrentDirectory, environment.ContentRootPath, AppContext.BaseDirectory]);
        _reload = new CatalogReload(Folder, options.Value, sessions, logger);
        _snapshot = new CatalogSnapshot(_reload.ReadAll(), _configuredDefault);
        foreach (var (setting, name) in options.Value.WarmNames.Select(name => ("Models__Warm", name)).Append(("Models__Default", _snapshot.Default ?? "")))
        {
            if (name.Length > 0 && _snapshot.Versions(name) is null)
                throw new StartupException($"{setting} is '{name}', which is not in {Folder}. {Known()}");
        }

        if (_snapshot.Entries.Count == 0)
            Log.NoModels(logger, Folder);
    }

    /// <summary>Full path of the folder that holds one folder per model.</summary>
    public string Folder { get; }

    /// <summary>The versions that can be served, as far as their folders tell.</summary>
    public IEnumerable<ModelVersion> Usable => _snapshot.Entries.Select(entry => entry.Model).OfType<ModelVersion>();

    public bool Contains(string model) => _snapshot.Versions(model) is not null;

    /// <param name="model">Name; null or empty for the default model.</param>
    /// <param name="version">Version; null or empty for the highest that can be served.</param>
    /// <exception cref="ClassifierException">Unknown model or version, or one whose folder is broken.</exception>
    public ModelVersion Find(string? model, string? version) => Find(_snapshot, model, version);

    /// <summary>Finds a model and keeps it, as it is now, until the result is disposed: its session is neither unloaded nor replaced meanwhile.</summary>
    /// <inheritdoc cref="Find(string?, string?)"/>
    public SessionLease Lease(string? model, string? version)
    {
        while (true)
        {
            var found = Find(model, version);
            var lease = _sessions.Lease(found);
            // Replaced between these two lines, it may be retired already.
            if (ReferenceEquals(Find(model, version), found))
                return lease;
            lease.Dispose();
        }
    }

    public ModelList List()
    {
        var snapshot = _snapshot;
        return new(snapshot.Default, [.. snapshot.Names.Select(name => Describe(snapshot, name))]);
    }

    /// <exception cref="ClassifierException">Unknown model.</exception>
    public ModelEntry Describe(string model) => Describe(_snapshot, model);

    /// <summary>Takes over what has changed in the folder. Called by one caller at a time.</summary>
    /// <returns>True when the catalogue is another one now.</returns>
    internal async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        var before = _snapshot;
        using var changes = await _reload.FindChangesAsync(before, cancellationToken).ConfigureAwait(false);
        if (changes is null)
            return false;
        _snapshot = new CatalogSnapshot(changes.Entries, _configuredDefault);
        // Only now: whoever found them in the old snapshot has a lease by now, or looks again.
        foreach (var gone in before.Read.Except(_snapshot.Read, ReferenceEqualityComparer.Instance).Cast<ModelVersion>())
            _sessions.Retire(gone);
        Log.Changed(_logger, _snapshot.Names.Count, _snapshot.Entries.Count);
        return true;
    }

    private static string Locate(string path, string[] roots)
        => roots.Select(root => Path.GetFullPath(path, root)).FirstOrDefault(Directory.Exists)
            ?? throw new StartupException($"Models__Path is '{path}', but there is no such folder; looked in {string.Join(", ", roots.Distinct())}.");

    private ModelVersion Find(CatalogSnapshot snapshot, string? model, string? version)
    {
        if (string.IsNullOrEmpty(model))
            model = snapshot.Default ?? throw Unknown($"No model is named and there is no default one. Name one in the path, or set Models__Default. {Known()}");
        if (snapshot.Versions(model) is not { } versions)
            throw Unknown($"There is no model '{model}'. {Known()}");
        if (string.IsNullOrEmpty(version))
        {
            // One that could not be loaded is passed over, until the next look has loaded it.
            var best = versions.FirstOrDefault(entry => entry.Model is { } candidate && _sessions.Failure(candidate) is null)
                ?? versions.FirstOrDefault(entry => entry.Model is not null);
            return best?.Model ?? throw Broken(versions[0]);
        }

        var found = versions.FirstOrDefault(entry => entry.Version == version)
            ?? throw Unknown($"Model '{model}' has no version '{version}'. Its versions: {string.Join(", ", versions.Select(v => v.Version))}.");
        return found.Model ?? throw Broken(found);
    }

    private ModelEntry Describe(CatalogSnapshot snapshot, string model)
        => snapshot.Versions(model) is { } versions
            ? new ModelEntry(model, [.. versions.Select(entry => ModelDescription.From(entry, _sessions))])
            : throw Unknown($"There is no model '{model}'. {Known()}");

    // The reason may name paths of the server: the catalogue and the log have it.
    private static ClassifierException Broken(CatalogEntry entry) => new(
        ClassifierError.ModelUnavailable, $"Model '{entry.Folder.Model}', version {entry.Version}, cannot be used; /api/models/{entry.Folder.Model} says why.");

    private ClassifierException Unknown(string message) => new(ClassifierError.UnknownModel, message) { KnownModels = [.. _snapshot.Names] };

    private string Known() => _snapshot.Names.Count == 0 ? $"{Folder} holds no model yet." : $"Known models: {string.Join(", ", _snapshot.Names)}.";

    private static partial class Log
    {
        [LoggerMessage(4, LogLevel.Warning, "{Folder} holds no model: put a model folder there, or set Models__Path and start again")]
        public static partial void NoModels(ILogger logger, string folder);

        [LoggerMessage(5, LogLevel.Information, "Models folder has changed: {Models} models, {Versions} versions")]
        public static partial void Changed(ILogger logger, int models, int versions);
    }
}
