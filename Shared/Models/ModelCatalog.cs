using System.Globalization;
using ClassifierFunctions.Configuration;
using ClassifierFunctions.Results;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Models;

/// <summary>The models of the models folder. Read once, at start-up; a broken folder is listed as failed and stops no other.</summary>
public sealed partial class ModelCatalog
{
    private readonly SortedDictionary<string, Versions> _models = new(StringComparer.Ordinal);
    private readonly string? _default;
    private readonly string _folder;

    /// <exception cref="StartupException">The folder does not exist, or the default model does not.</exception>
    public ModelCatalog(IOptions<ModelsOptions> options, IHostEnvironment environment, ILogger<ModelCatalog> logger)
    {
        _folder = Locate(options.Value.Path, [Environment.CurrentDirectory, environment.ContentRootPath, AppContext.BaseDirectory]);
        foreach (var folder in Directory.EnumerateDirectories(_folder))
        {
            var name = Path.GetFileName(folder);
            if (!name.StartsWith('.') && Read(name, folder, logger) is { } versions)
                _models.Add(name, versions);
        }

        _default = options.Value.Default is { Length: > 0 } configured ? configured
            : _models.Count == 1 ? _models.Keys.First()
            : _models.ContainsKey(ModelsOptions.ModelInTheBox) ? ModelsOptions.ModelInTheBox
            : null;
        if (_default is not null && !_models.ContainsKey(_default))
            throw new StartupException($"Models__Default is '{_default}', which is not in {_folder}. {Known()}");
        if (_models.Count == 0)
            Log.NoModels(logger, _folder);
    }

    /// <summary>The versions that can be served, as far as their folders tell.</summary>
    public IEnumerable<ModelVersion> Usable => _models.Values.SelectMany(versions => versions.All).Select(version => version.Model).OfType<ModelVersion>();

    public bool Contains(string model) => _models.ContainsKey(model);

    /// <param name="model">Name; null or empty for the default model.</param>
    /// <param name="version">Version; null or empty for the highest that can be served.</param>
    /// <exception cref="ClassifierException">Unknown model or version, or one whose folder is broken.</exception>
    public ModelVersion Find(string? model, string? version)
    {
        if (string.IsNullOrEmpty(model))
            model = _default ?? throw Unknown($"No model is named and there is no default one. Name one in the path, or set Models__Default. {Known()}");
        if (!_models.TryGetValue(model, out var versions))
            throw Unknown($"There is no model '{model}'. {Known()}");
        if (string.IsNullOrEmpty(version))
            return versions.Latest ?? throw Broken(model, versions.All[0]);
        var found = versions.All.FirstOrDefault(candidate => candidate.Version == version)
            ?? throw Unknown($"Model '{model}' has no version '{version}'. Its versions: {string.Join(", ", versions.All.Select(v => v.Version))}.");
        return found.Model ?? throw Broken(model, found);
    }

    public ModelList List() => new(_default, [.. _models.Keys.Select(Describe)]);

    /// <exception cref="ClassifierException">Unknown model.</exception>
    public ModelEntry Describe(string model)
        => _models.TryGetValue(model, out var versions)
            ? new ModelEntry(model, [.. versions.All.Select(version => ModelDescription.From(version.Version, version.Model, version.Failure))])
            : throw Unknown($"There is no model '{model}'. {Known()}");

    private static string Locate(string path, string[] roots)
        => roots.Select(root => Path.GetFullPath(path, root)).FirstOrDefault(Directory.Exists)
            ?? throw new StartupException($"Models__Path is '{path}', but there is no such folder; looked in {string.Join(", ", roots.Distinct())}.");

    // The reason may name paths of the server: the catalogue and the log have it.
    private static ClassifierException Broken(string model, Candidate candidate)
        => new(ClassifierError.ModelUnavailable, $"Model '{model}', version {candidate.Version}, cannot be used; /api/models/{model} says why.");

    // Null when the folder holds no model.
    private static Versions? Read(string model, string folder, ILogger logger)
    {
        try
        {
            return Versions.Read(model, folder, logger);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.Failed(logger, model, "?", failure.Message);
            return null;
        }
    }

    private ClassifierException Unknown(string message) => new(ClassifierError.UnknownModel, message) { KnownModels = [.. _models.Keys] };

    private string Known() => _models.Count == 0 ? $"{_folder} holds no model yet." : $"Known models: {string.Join(", ", _models.Keys)}.";

    // A version's folder: read, or the reason why not.
    private sealed record Candidate(string Version, ModelVersion? Model, string? Failure);

    // Highest version first.
    private sealed record Versions(IReadOnlyList<Candidate> All)
    {
        public ModelVersion? Latest => All.FirstOrDefault(candidate => candidate.Model is not null)?.Model;

        // Null when the folder holds no model.
        public static Versions? Read(string model, string folder, ILogger logger)
        {
            if (ModelFolder.IsModel(folder))
                return new Versions([Read(model, "1", folder, logger)]);
            var numbered = Directory.EnumerateDirectories(folder)
                .Select(path => (Path: path, IsNumber: long.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number), Number: number))
                .Where(version => version.IsNumber && ModelFolder.IsModel(version.Path))
                .OrderByDescending(version => version.Number)
                .Select(version => Read(model, Path.GetFileName(version.Path), version.Path, logger))
                .ToArray();
            return numbered.Length > 0 ? new Versions(numbered) : null;
        }

        private static Candidate Read(string model, string version, string folder, ILogger logger)
        {
            try
            {
                var read = ModelFolder.Read(model, version, folder);
                Log.Found(logger, model, version, read.Labels.Count, read.Parameters);
                if (read.Assumption is { } assumption)
                    Log.Assumed(logger, model, version, assumption);
                return new Candidate(version, read, null);
            }
            catch (ModelFormatException failure)
            {
                Log.Failed(logger, model, version, failure.Message);
                return new Candidate(version, null, failure.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Model {Model}, version {Version}: {Labels} labels, {Parameters} parameters")]
        public static partial void Found(ILogger logger, string model, string version, int labels, long parameters);

        [LoggerMessage(2, LogLevel.Warning, "Model {Model}, version {Version}: {Assumption}")]
        public static partial void Assumed(ILogger logger, string model, string version, string assumption);

        [LoggerMessage(3, LogLevel.Error, "Model {Model}, version {Version}, cannot be used: {Reason}")]
        public static partial void Failed(ILogger logger, string model, string version, string reason);

        [LoggerMessage(4, LogLevel.Warning, "{Folder} holds no model: put a model folder there, or set Models__Path, and start again")]
        public static partial void NoModels(ILogger logger, string folder);
    }
}
