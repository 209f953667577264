using System.Threading.Channels;

namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>A wait that can be cut short. Calls while nobody waits, however many, end the next wait at once.</summary>
internal sealed class WakeUp
{
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Call() => _calls.Writer.TryWrite(true);

    /// <summary>Waits until the delay ends, a call comes, or the token is cancelled; never throws.</summary>
    public async Task WaitAsync(Func<CancellationToken, Task> delay, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var call = _calls.Reader.WaitToReadAsync(waiting.Token).AsTask();
        await Task.WhenAny(call, delay(waiting.Token)).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
        _calls.Reader.TryRead(out _);
    }
}
