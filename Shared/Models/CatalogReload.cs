using ClassifierFunctions.Inference;
using ClassifierFunctions.Results;
using Microsoft.Extensions.Logging;

namespace ClassifierFunctions.Models;

/// <summary>Reads the models folder, first all of it, then what has changed.</summary>
/// <remarks>
/// 1. Look at names, lengths and times of all files.
/// 2. Of what changed, take what stayed the same for two looks: the rest is being copied.
/// 3. Read the new and the changed folders.
/// 4. Create and try their sessions, where requests would otherwise have to wait for that.
/// A change that cannot be served leaves what served before in its place.
/// </remarks>
internal sealed partial class CatalogReload(string modelsFolder, ModelsOptions options, SessionStore sessions, ILogger logger)
{
    private VersionFolder[] _lastLook = [];
    private bool _isUnreadable;

    public IReadOnlyList<CatalogEntry> ReadAll()
    {
        _lastLook = [.. VersionFolder.Find(modelsFolder, Unreadable)];
        return [.. _lastLook.Select(folder => Served(Read(folder, before: null)))];
    }

    /// <returns>Null when nothing has changed.</returns>
    public async Task<CatalogChanges?> FindChangesAsync(CatalogSnapshot before, CancellationToken cancellationToken)
    {
        // :: Step 1
        if (Look() is not { } folders)
            return null;
        var known = before.Entries.ToDictionary(entry => entry.Folder.Path);
        var found = folders.ToDictionary(folder => folder.Path);
        // :: Step 2
        var last = _lastLook.ToDictionary(folder => folder.Path, folder => folder.Stamp);
        var unsettled = folders.Where(folder => last.GetValueOrDefault(folder.Path) != folder.Stamp).Select(folder => folder.Path)
            .Concat(last.Keys.Where(path => !found.ContainsKey(path)))
            .ToHashSet();
        _lastLook = folders;

        var preloaded = new List<SessionLease>();
        var kept = before.Entries.Where(entry => found.ContainsKey(entry.Folder.Path) || unsettled.Contains(entry.Folder.Path));
        var added = folders.Where(folder => !known.ContainsKey(folder.Path) && !unsettled.Contains(folder.Path));
        var isChange = false;
        try
        {
            var entries = await Task.WhenAll(
            [
                .. kept.Select(entry => unsettled.Contains(entry.Folder.Path) ? Task.FromResult(entry) : UpdateAsync(entry, found[entry.Folder.Path], before, preloaded, cancellationToken)),
                .. added.Select(folder => PreloadAsync(Read(folder, before: null), before, preloaded, cancellationToken)),
            ]).ConfigureAwait(false);
            isChange = !entries.SequenceEqual(before.Entries, ReferenceEqualityComparer.Instance);
            return isChange ? new CatalogChanges(entries, preloaded) : null;
        }
        finally
        {
            if (!isChange)
                preloaded.ForEach(lease => lease.Dispose());
        }
    }

    // Null when the folder cannot be seen: a share that is away for a moment takes no model with it.
    private VersionFolder[]? Look()
    {
        try
        {
            // A model whose folder is away for a moment stays as it was, too.
            var folders = VersionFolder.Find(modelsFolder, (model, path, failure) =>
                _lastLook.Where(folder => folder.Model == model).ToArray() is { Length: > 0 } lastSeen ? lastSeen : Unreadable(model, path, failure)).ToArray();
            _isUnreadable = false;
            return folders;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (!_isUnreadable)
                Log.Unreadable(logger, modelsFolder, failure.Message);
            _isUnreadable = true;
            return null;
        }
    }

    // Reading it will fail too, and say why.
    private static IEnumerable<VersionFolder> Unreadable(string model, string path, Exception failure) => [new(model, "1", path, failure.Message)];

    private Task<CatalogEntry> UpdateAsync(
        CatalogEntry entry, VersionFolder now, CatalogSnapshot before, List<SessionLease> preloaded, CancellationToken cancellationToken)
        // What is not in memory cannot go on as it was: its files are gone.
        => now.Stamp != entry.Folder.Stamp
            ? PreloadAsync(Read(now, entry.Model is { } served && sessions.IsLoaded(served) ? served : null), before, preloaded, cancellationToken)
            : PreloadAsync(entry, before, preloaded, cancellationToken);

    // :: Step 3
    private CatalogEntry Read(VersionFolder folder, ModelVersion? before)
    {
        try
        {
            var read = ModelFolder.Read(folder.Model, folder.Version, folder.Path) with { Folder = folder };
            Log.Found(logger, read.Model, read.Version, read.Format, read.Labels.Count, read.Parameters, read.Bytes / 1e6);
            if (read.Assumption is { } assumption)
                Log.Assumed(logger, read.Model, read.Version, assumption);
            return new CatalogEntry(folder, before, null, read);
        }
        catch (ModelFormatException failure)
        {
            return Failed(folder, before, failure.Message, null);
        }
    }

    private static CatalogEntry Served(CatalogEntry entry) => entry.Pending is null ? entry : new CatalogEntry(entry.Folder, entry.Pending, null);

    // :: Step 4
    private async Task<CatalogEntry> PreloadAsync(CatalogEntry entry, CatalogSnapshot before, List<SessionLease> preloaded, CancellationToken cancellationToken)
    {
        // What failed before has to prove itself first, asked for or not: a lower version may answer in its place.
        var failedBefore = entry.Pending is null || entry.Failure is not null;
        if ((entry.Pending ?? FailedToLoad(entry)) is not { } model || !(failedBefore || IsAwaited(model, before)))
            return Served(entry);
        var lease = sessions.Lease(model);
        try
        {
            await lease.WarmUpAsync(cancellationToken).ConfigureAwait(false);
            lock (preloaded)
                preloaded.Add(lease);
            return Served(entry);
        }
        catch (Exception failure)
        {
            lease.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            // Told once, not at every try.
            return failedBefore ? entry : Failed(entry.Folder, entry.Model, failure.InnerException?.Message ?? failure.Message, model);
        }
    }

    private ModelVersion? FailedToLoad(CatalogEntry entry)
        => entry is { Failure: null, Model: { } model } && sessions.Failure(model) is not null && !sessions.IsLoaded(model) ? model : null;

    // Requests come for the model, or somebody wants it warm.
    private bool IsAwaited(ModelVersion model, CatalogSnapshot before)
        => options.IsWarm(model.Model)
            || before.Entries.Any(entry => entry.Folder.Model == model.Model && entry.Model is { } served && sessions.IsLoaded(served));

    private CatalogEntry Failed(VersionFolder folder, ModelVersion? before, string reason, ModelVersion? pending)
    {
        Log.Failed(logger, folder.Model, folder.Version, reason);
        if (before is not null)
            Log.Kept(logger, folder.Model, folder.Version);
        return new CatalogEntry(folder, before, reason, pending);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Model {Model}, version {Version}: {Format}, {Labels} labels, {Parameters} parameters, {Megabytes:0.0} MB")]
        public static partial void Found(ILogger logger, string model, string version, ModelFormat format, int labels, long parameters, double megabytes);

        [LoggerMessage(2, LogLevel.Warning, "Model {Model}, version {Version}: {Assumption}")]
        public static partial void Assumed(ILogger logger, string model, string version, string assumption);

        [LoggerMessage(3, LogLevel.Error, "Model {Model}, version {Version}, cannot be used: {Reason}")]
        public static partial void Failed(ILogger logger, string model, string version, string reason);

        [LoggerMessage(6, LogLevel.Warning, "{Folder} cannot be read, so the models stay as they are: {Reason}")]
        public static partial void Unreadable(ILogger logger, string folder, string reason);

        [LoggerMessage(7, LogLevel.Warning, "Model {Model}, version {Version}: goes on as it was before the change")]
        public static partial void Kept(ILogger logger, string model, string version);
    }
}
