using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>
/// Reads a queue with the semantics of Azure's queue trigger: at least once, leased while it is processed, tried again when it failed, given up
/// after the last try. The queue itself counts the tries, so a crash of the process counts as one.
/// </summary>
internal sealed partial class QueueListener(
    QueueClient queue, IMessageHandler handler, QueueListenerOptions options, StorageHealth health, TimeProvider time, ILogger<QueueListener> logger)
{
    // A message whose process died becomes visible again after this long; a living one renews at half of it.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan MinPollingInterval = TimeSpan.FromMilliseconds(100);

    private readonly WakeUp _wakeUp = new();

    /// <summary>Makes it look at the queue now: somebody here has sent a message.</summary>
    public void WakeUp() => _wakeUp.Call();

    /// <param name="abort">Cancels what is being processed; its messages come again.</param>
    /// <param name="stopping">Ends the reading; what is being processed goes on to its end.</param>
    public async Task RunAsync(CancellationToken abort, CancellationToken stopping)
    {
        using var slots = new SemaphoreSlim(options.Parallelism);
        var pause = MinPollingInterval;
        try
        {
            while (true)
            {
                await slots.WaitAsync(stopping).ConfigureAwait(false);
                QueueMessage? message = null;
                try
                {
                    message = await ReceiveAsync(stopping).ConfigureAwait(false);
                }
                finally
                {
                    if (message is null)
                        slots.Release();
                }

                if (message is not null)
                {
                    pause = MinPollingInterval;
                    _ = ProcessAndReleaseAsync(message, slots, abort);
                    continue;
                }

                await _wakeUp.WaitAsync(waiting => Task.Delay(pause, time, waiting), stopping).ConfigureAwait(false);
                pause = pause * 2 < options.MaxPollingInterval ? pause * 2 : options.MaxPollingInterval;
            }
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // All slots are free when everything that was being processed has ended.
            for (var slot = 0; slot < options.Parallelism; slot++)
                await slots.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    // Null when there is none, or the storage cannot be reached.
    private async Task<QueueMessage?> ReceiveAsync(CancellationToken stopping)
    {
        try
        {
            QueueMessage? message = await queue.ReceiveMessageAsync(Lease, stopping).ConfigureAwait(false);
            health.Up(this);
            return message;
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            await CreateQueueAsync(stopping).ConfigureAwait(false);
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            health.Down(this, failure);
        }

        return null;
    }

    private async Task CreateQueueAsync(CancellationToken stopping)
    {
        try
        {
            await queue.CreateIfNotExistsAsync(cancellationToken: stopping).ConfigureAwait(false);
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            health.Down(this, failure);
        }
    }

    private async Task ProcessAndReleaseAsync(QueueMessage message, SemaphoreSlim slots, CancellationToken abort)
    {
        try
        {
            await Task.Yield();
            await ProcessAsync(message, abort).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // The storage failed, not the function: the lease runs out and the message comes again.
            Log.LeftInQueue(logger, queue.Name, failure.Message);
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task ProcessAsync(QueueMessage message, CancellationToken abort)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(abort);
        var renewal = RenewAsync(message, done.Token);
        var failure = message.DequeueCount > options.Tries
            ? new InvalidOperationException("the process ended in the middle of a try, or could not give the message up")
            : await TryHandleAsync(message, abort).ConfigureAwait(false);
        await done.CancelAsync().ConfigureAwait(false);
        var receipt = await renewal.ConfigureAwait(false);

        if (failure is null)
        {
            await queue.DeleteMessageAsync(message.MessageId, receipt, CancellationToken.None).ConfigureAwait(false);
        }
        else if (abort.IsCancellationRequested)
        {
            // Stopped, not failed: at once visible for the next process.
            await queue.UpdateMessageAsync(message.MessageId, receipt, cancellationToken: CancellationToken.None).ConfigureAwait(false);
        }
        else if (message.DequeueCount < options.Tries)
        {
            Log.Failed(logger, failure, queue.Name, message.DequeueCount, options.Tries);
            await queue.UpdateMessageAsync(message.MessageId, receipt, visibilityTimeout: options.RetryDelay, cancellationToken: CancellationToken.None).ConfigureAwait(false);
        }
        else
        {
            Log.GivenUp(logger, failure, queue.Name, message.DequeueCount);
            await handler.GiveUpAsync(message, CancellationToken.None).ConfigureAwait(false);
            await queue.DeleteMessageAsync(message.MessageId, receipt, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<Exception?> TryHandleAsync(QueueMessage message, CancellationToken abort)
    {
        try
        {
            await handler.HandleAsync(message, abort).ConfigureAwait(false);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    // Gives the newest pop receipt, without which the message can be neither deleted nor changed.
    private async Task<string> RenewAsync(QueueMessage message, CancellationToken done)
    {
        var receipt = message.PopReceipt;
        try
        {
            while (true)
            {
                await Task.Delay(Lease / 2, time, done).ConfigureAwait(false);
                UpdateReceipt renewed = await queue.UpdateMessageAsync(message.MessageId, receipt, visibilityTimeout: Lease, cancellationToken: CancellationToken.None).ConfigureAwait(false);
                receipt = renewed.PopReceipt;
            }
        }
        catch (Exception)
        {
            // Cancelled: done. Anything else: the lease may run out and the message come twice, which is allowed.
            return receipt;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(50, LogLevel.Warning, "Message of queue {Queue} failed, try {Try} of {Tries}")]
        public static partial void Failed(ILogger logger, Exception failure, string queue, long @try, int tries);

        [LoggerMessage(51, LogLevel.Error, "Message of queue {Queue} failed {Tries} times and is given up")]
        public static partial void GivenUp(ILogger logger, Exception failure, string queue, long tries);

        [LoggerMessage(52, LogLevel.Warning, "Message of queue {Queue} is left for another try: {Reason}")]
        public static partial void LeftInQueue(ILogger logger, string queue, string reason);
    }
}
