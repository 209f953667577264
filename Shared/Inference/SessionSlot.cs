using ClassifierFunctions.Models;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.Inference;

/// <summary>Where the session of one model version is, or will be. Counts who uses it. Thread-safe.</summary>
internal sealed class SessionSlot(ModelVersion model, TimeProvider time)
{
    // 1, 2, 4 … seconds: a file that is still being copied is soon complete, a device without memory takes longer.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Task<ModelSession>? _creation;
    private int _users;
    private bool _retired;
    private int _failures;
    private DateTimeOffset _nextTry = DateTimeOffset.MinValue;

    public ModelVersion Model { get; } = model;

    /// <summary>Why the last try to create the session failed; null when it succeeded or there was none.</summary>
    public string? Failure { get; private set; }

    /// <summary>When the last user left, <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long LastUsed { get; private set; }

    /// <summary>The session, once created.</summary>
    public ModelSession? Session => Volatile.Read(ref _creation) is { IsCompletedSuccessfully: true } creation ? creation.Result : null;

    /// <summary>Memory that it takes or is about to take, bytes.</summary>
    public long MemoryBytes => Volatile.Read(ref _creation) is null ? 0 : Model.MemoryBytes;

    public bool IsLoading => Volatile.Read(ref _creation) is { IsCompleted: false };

    /// <summary>Adds a user: until it leaves, the session is not unloaded.</summary>
    /// <returns>False when the slot is retired; then there is no user.</returns>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_retired)
                return false;
            _users++;
            return true;
        }
    }

    /// <summary>Takes a user away.</summary>
    /// <returns>True when nobody uses the slot any more.</returns>
    public bool Leave()
    {
        lock (_lock)
        {
            LastUsed = time.GetTimestamp();
            return --_users == 0;
        }
    }

    /// <summary>The session, created by the first caller however many ask at the same time. A failure is not kept, but the next try has to wait.</summary>
    /// <param name="create">Creates the session; called on another thread.</param>
    /// <param name="created">Called when the creation, which counts as a user, has left.</param>
    /// <exception cref="ClassifierException">It is too soon after a failure.</exception>
    public Task<ModelSession> GetAsync(Func<ModelSession> create, Action created)
    {
        lock (_lock)
        {
            if (_creation is not null)
                return _creation;
            if (_nextTry - time.GetUtcNow() is { Ticks: > 0 } pause)
            {
                throw new ClassifierException(
                    ClassifierError.ModelUnavailable, $"Model '{Model.Model}', version {Model.Version}, could not be loaded; the log says why.")
                {
                    RetryAfter = pause,
                };
            }

            _users++;
            _creation = Task.Run(() => CreateOrForget(create));
            // Before whoever awaits it goes on: they shall find the slot idle when they leave. It cannot have ended yet, because its end takes this lock.
            _ = _creation.ContinueWith(_ => created(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return _creation;
        }
    }

    /// <summary>Takes the session out, if there is one and nobody uses it. The caller disposes it.</summary>
    public ModelSession? TryTakeIdle()
    {
        lock (_lock)
        {
            if (_users > 0 || Session is not { } session)
                return null;
            _creation = null;
            return session;
        }
    }

    /// <summary>Lets nobody in any more.</summary>
    public void Retire()
    {
        lock (_lock)
            _retired = true;
    }

    /// <summary>True when it is retired and nobody uses it: time to throw it away.</summary>
    public bool IsGone
    {
        get
        {
            lock (_lock)
                return _retired && _users == 0;
        }
    }

    private ModelSession CreateOrForget(Func<ModelSession> create)
    {
        try
        {
            var session = create();
            lock (_lock)
                (Failure, _failures) = (null, 0);
            return session;
        }
        catch (Exception failure)
        {
            lock (_lock)
            {
                Failure = failure.InnerException?.Message ?? failure.Message;
                _nextTry = time.GetUtcNow() + Pause(_failures++);
                _creation = null;
            }

            throw;
        }
    }

    private static TimeSpan Pause(int failures) => failures < 6 ? TimeSpan.FromSeconds(1 << failures) : LongestPause;
}
