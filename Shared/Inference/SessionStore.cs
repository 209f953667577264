using System.Collections.Concurrent;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using ClassifierFunctions.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;

namespace ClassifierFunctions.Inference;

/// <summary>
/// The process's sessions, one for each model version in use: created with its first request or a warm-up, shared by all requests, and unloaded only
/// when the version was replaced, or when another one needs its memory while nobody uses it.
/// </summary>
public sealed partial class SessionStore
{
    private static readonly TimeSpan WarningInterval = TimeSpan.FromMinutes(1);

    // Static: weights go to the device once per process, whoever builds the services.
    private static readonly ConcurrentDictionary<SlotKey, SessionSlot> ProcessSlots = new();

    private readonly ConcurrentDictionary<SlotKey, SessionSlot> _slots;
    private readonly InferenceOptions _inference;
    private readonly ModelsOptions _models;
    private readonly TimeProvider _time;
    private readonly ILogger<SessionStore> _logger;
    private volatile bool _isOverBudget;
    private long? _lastWarning;

    static SessionStore() => ClassifierTelemetry.ObserveLoadedModels(() => ProcessSlots.Values.Count(slot => slot.Session is not null));

    internal SessionStore(IOptions<InferenceOptions> inference, IOptions<ModelsOptions> models, TimeProvider time, ILogger<SessionStore> logger)
        : this(inference.Value, models.Value, time, logger, ProcessSlots)
    {
    }

    private SessionStore(
        InferenceOptions inference, ModelsOptions models, TimeProvider time, ILogger<SessionStore> logger, ConcurrentDictionary<SlotKey, SessionSlot> slots)
        => (_inference, _models, _time, _logger, _slots) = (inference, models, time, logger, slots);

    /// <summary>A store with sessions of its own, for tests that count them.</summary>
    internal static SessionStore CreateSeparate(InferenceOptions inference, ModelsOptions models, TimeProvider time, ILogger<SessionStore> logger)
        => new(inference, models, time, logger, new());

    internal bool IsLoaded(ModelVersion model) => Loaded(model) is not null;

    internal bool IsLoading(ModelVersion model) => Slot(model)?.IsLoading == true;

    /// <summary>The session of a model if there is one; never creates it.</summary>
    internal ModelSession? Loaded(ModelVersion model) => Slot(model)?.Session;

    /// <summary>Why the last try to create a model's session failed; null when it succeeded or there was none.</summary>
    internal string? Failure(ModelVersion model) => Slot(model)?.Failure;

    /// <summary>Keeps a model's session, which may still be to create, until the result is disposed.</summary>
    public SessionLease Lease(ModelVersion model)
    {
        var key = SlotKey.Of(model);
        while (true)
        {
            var slot = _slots.GetOrAdd(key, static (_, args) => new SessionSlot(args.model, args.time), (model, time: _time));
            if (slot.TryEnter())
                return new SessionLease(this, slot);
            // Retired, and still in use by others, who have it without the dictionary.
            _slots.TryRemove(new(key, slot));
        }
    }

    /// <summary>Disposes the session of a model version that was replaced, as soon as nobody uses it.</summary>
    internal void Retire(ModelVersion model)
    {
        if (Slot(model) is not { } slot)
            return;
        slot.Retire();
        DisposeIfGone(slot);
    }

    internal Task<ModelSession> CreateAsync(SessionSlot slot) => slot.GetAsync(() => Create(slot), created: () => Leave(slot));

    internal void Leave(SessionSlot slot)
    {
        if (!slot.Leave())
            return;
        DisposeIfGone(slot);
        if (_isOverBudget)
            UnloadIdle(except: null, bytesToCome: 0);
    }

    private SessionSlot? Slot(ModelVersion model) => _slots.GetValueOrDefault(SlotKey.Of(model));

    private ModelSession Create(SessionSlot slot)
    {
        var model = slot.Model;
        UnloadIdle(except: slot, model.MemoryBytes);
        var load = new StageTimings().Measure(Stage.Load, model.Model);
        var (session, provider) = Open(model);
        try
        {
            if (model.Folder?.HasChanged() == true)
                throw Unavailable(model, _models.ReloadSeconds > 0 ? "its files are being replaced. Try again in a moment" : "its files have changed; the app has to be started again");
            var created = new ModelSession(model, session, provider, _inference, _time, _logger);
            // Not on failure: the count of loads is the number of sessions.
            load.Dispose();
            Log.Created(_logger, model.Model, model.Version, provider.Name, provider.Reason, load.Elapsed.TotalMilliseconds);
            return created;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private (InferenceSession Session, ExecutionProvider Provider) Open(ModelVersion model)
    {
        try
        {
            // Once more, because files can be exchanged without a trace in their times.
            ModelPin.Verify(model.OnnxPath);
            return SessionFactory.Create(model, _inference.ExecutionProviders, _models.MemoryBudgetMB);
        }
        catch (Exception failure) when (failure is ModelFormatException or IOException or UnauthorizedAccessException)
        {
            throw Unavailable(model, "the log says why", failure);
        }
    }

    private static ClassifierException Unavailable(ModelVersion model, string why, Exception? cause = null)
        => new(ClassifierError.ModelUnavailable, $"Model '{model.Model}', version {model.Version}, could not be loaded: {why}.", cause);

    // Under lock, so that two creations do not both unload for the same memory.
    private void UnloadIdle(SessionSlot? except, long bytesToCome)
    {
        lock (_slots)
        {
            var budget = _models.MemoryBudgetBytes;
            long Needed() => _slots.Values.Where(slot => slot != except).Sum(slot => slot.MemoryBytes) + bytesToCome;
            var loaded = _slots.Values.Where(slot => slot != except && slot.Session is not null).OrderBy(slot => slot.LastUsed).ToArray();
            var left = loaded.Length;
            foreach (var slot in loaded)
            {
                // The last one makes room only for another: a model larger than the budget would otherwise be loaded anew by each request.
                if (Needed() <= budget || (left == 1 && except is null))
                    break;
                // One whose files have changed could not be loaded again as it was.
                if (slot.Model.Folder?.HasChanged() == true || slot.TryTakeIdle() is not { } idle)
                    continue;
                left--;
                idle.Dispose();
                Log.Unloaded(_logger, slot.Model.Model, slot.Model.Version);
            }

            var isOver = Needed() > budget;
            if (isOver && (_lastWarning is not { } last || _time.GetElapsedTime(last) >= WarningInterval))
            {
                _lastWarning = _time.GetTimestamp();
                Log.OverBudget(_logger, Needed() / 1e6, budget / 1e6);
            }

            _isOverBudget = isOver;
        }
    }

    private void DisposeIfGone(SessionSlot slot)
    {
        if (!slot.IsGone)
            return;
        _slots.TryRemove(new(SlotKey.Of(slot.Model), slot));
        if (slot.TryTakeIdle() is not { } session)
            return;
        session.Dispose();
        Log.Retired(_logger, slot.Model.Model, slot.Model.Version);
    }

    // The files as they were when they were read: a replaced version is another one.
    private readonly record struct SlotKey(string OnnxPath, string? Stamp)
    {
        public static SlotKey Of(ModelVersion model) => new(model.OnnxPath, model.Folder?.Stamp);
    }

    private static partial class Log
    {
        [LoggerMessage(10, LogLevel.Information,
            "Session created: model {Model}, version {Version}, on {Provider} ({Reason}), in {Milliseconds:0} ms")]
        public static partial void Created(ILogger logger, string model, string version, string provider, string reason, double milliseconds);

        [LoggerMessage(12, LogLevel.Information, "Session unloaded for the memory budget: model {Model}, version {Version}")]
        public static partial void Unloaded(ILogger logger, string model, string version);

        [LoggerMessage(13, LogLevel.Warning,
            "The sessions in use take {Megabytes:0} MB, more than Models__MemoryBudgetMB ({Budget:0}): raise it, or serve fewer models at a time")]
        public static partial void OverBudget(ILogger logger, double megabytes, double budget);

        [LoggerMessage(14, LogLevel.Information, "Session of a replaced model disposed: model {Model}, version {Version}")]
        public static partial void Retired(ILogger logger, string model, string version);
    }
}
