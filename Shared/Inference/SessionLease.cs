using ClassifierFunctions.Models;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.Inference;

/// <summary>Somebody's use of a model version: until it is disposed, its session is neither unloaded nor disposed.</summary>
public sealed class SessionLease : IDisposable
{
    private readonly SessionStore _store;
    private SessionSlot? _slot;

    internal SessionLease(SessionStore store, SessionSlot slot) => (_store, _slot, Model) = (store, slot, slot.Model);

    public ModelVersion Model { get; }

    /// <summary>The model's session, created if there is none.</summary>
    /// <exception cref="ClassifierException">The model cannot be loaded, or could not be a moment ago.</exception>
    /// <exception cref="OperationCanceledException">This caller gave up; the creation goes on for the others.</exception>
    internal ValueTask<ModelSession> GetAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_slot is null, this);
        return _slot.Session is { } session
            ? ValueTask.FromResult(session)
            : new(_store.CreateAsync(_slot).WaitAsync(cancellationToken));
    }

    /// <summary>Creates the session and runs it once, so that no request has to wait for what a first run costs.</summary>
    /// <inheritdoc cref="GetAsync"/>
    internal async Task WarmUpAsync(CancellationToken cancellationToken)
        => (await GetAsync(cancellationToken).ConfigureAwait(false)).WarmUp(cancellationToken);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _slot, null) is { } slot)
            _store.Leave(slot);
    }
}
