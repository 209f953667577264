using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>Runs the loops of all storage triggers and timers, and lets what they are processing end before the host stops.</summary>
internal sealed partial class TriggerService(StorageTriggers storage, TimerTriggers timers, IHostApplicationLifetime lifetime, ILogger<TriggerService> logger)
    : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abort = new();
    private Task _loops = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // A malformed setting throws here, and so stops the start. Each loop is watched by itself: the others go on when one ends.
        IEnumerable<Task> loops = [.. storage.Run(_abort.Token, _stopping.Token), .. timers.Run(_abort.Token, _stopping.Token)];
        _loops = Task.WhenAll(loops.Select(WatchAsync));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        // The host's patience is over: what still runs is cancelled, and comes again with the next start.
        await using var impatience = cancellationToken.UnsafeRegister(static abort => ((CancellationTokenSource)abort!).Cancel(), _abort).ConfigureAwait(false);
        await _loops.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _abort.Dispose();
    }

    // The loops bear every fault of the storage. What ends one is a fault of ours: better no host than one that silently ignores uploads.
    private async Task WatchAsync(Task loop)
    {
        try
        {
            await loop.ConfigureAwait(false);
        }
        catch (Exception failure) when (!_stopping.IsCancellationRequested)
        {
            Log.Ended(logger, failure);
            lifetime.StopApplication();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(61, LogLevel.Critical, "A trigger ended; the host stops")]
        public static partial void Ended(ILogger logger, Exception failure);
    }
}
