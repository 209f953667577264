using ClassifierFunctions.Results;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Inference;

/// <summary>
/// Lets as many images in at once as there are processors: more would take their decoded pixels into memory and finish no sooner. The rest wait,
/// up to <see cref="InferenceOptions.MaxQueueLength"/>.
/// </summary>
internal sealed class InferenceGate(IOptions<InferenceOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _free = new(Environment.ProcessorCount);
    private int _waiting;

    /// <summary>Waits for a turn, which lasts until the result is disposed.</summary>
    /// <exception cref="ClassifierException">Too many are waiting already.</exception>
    public async ValueTask<Turn> EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_free.Wait(0, CancellationToken.None))
            return new Turn(_free);
        try
        {
            if (Interlocked.Increment(ref _waiting) > options.Value.MaxQueueLength)
                throw new ClassifierException(ClassifierError.Overloaded, "Too many images are waiting already. Try again in a moment.");
            await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
            return new Turn(_free);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose() => _free.Dispose();

    /// <summary>A turn; disposing it lets the next one in.</summary>
    public readonly struct Turn(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
