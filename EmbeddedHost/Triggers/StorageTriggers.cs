using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using ClassifierFunctions.EmbeddedHost.Functions;
using ClassifierFunctions.EmbeddedHost.Hosting;
using ClassifierFunctions.Results;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>Makes the loops of the blob- and queue-triggered functions.</summary>
internal sealed class StorageTriggers(
    IReadOnlyList<FunctionDescriptor> functions,
    HostJson hostJson,
    IConfiguration configuration,
    IServiceScopeFactory scopes,
    StorageHealth health,
    TimeProvider time,
    ILoggerFactory loggers)
{
    // Names the receipts; stable, and one per app.
    private const string HostId = "embedded";

    private const QueueClientOptions.ServiceVersion QueueVersion = QueueClientOptions.ServiceVersion.V2024_11_04;

    public IReadOnlyList<Task> Run(CancellationToken abort, CancellationToken stopping) =>
    [
        .. functions.SelectMany(function => function.Trigger switch
        {
            BlobTriggerAttribute blob => Blob(function, blob, abort, stopping),
            QueueTriggerAttribute queue => [Queue(function, queue, abort, stopping)],
            _ => [],
        }),
    ];

    private IEnumerable<Task> Blob(FunctionDescriptor function, BlobTriggerAttribute trigger, CancellationToken abort, CancellationToken stopping)
    {
        if (Connect(function, trigger.Connection) is not var (blobs, queues))
            yield break;
        var path = new BlobPath(trigger.BlobPath);
        var functionId = "Host.Functions." + function.Name;
        var receipts = new BlobReceipts(blobs, HostId, functionId);
        var turns = queues.GetQueueClient($"azure-webjobs-blobtrigger-{HostId}-{function.Name.ToLowerInvariant()}");
        var handler = new BlobFunction(new FunctionInvoker(function), path, blobs, receipts, queues.GetQueueClient(BlobFunction.PoisonQueue), scopes);
        var options = new QueueListenerOptions(hostJson.BlobParallelism, hostJson.BlobTries, hostJson.RetryDelay, hostJson.MaxPollingInterval);
        var listener = Listener(turns, handler, options);
        var scanner = new BlobScanner(path, functionId, blobs, receipts, turns, listener.WakeUp, health, time);
        yield return scanner.RunAsync(stopping);
        yield return listener.RunAsync(abort, stopping);
    }

    private Task Queue(FunctionDescriptor function, QueueTriggerAttribute trigger, CancellationToken abort, CancellationToken stopping)
    {
        if (Connect(function, trigger.Connection) is not var (_, queues))
            return Task.CompletedTask;
        var handler = new QueueFunction(new FunctionInvoker(function), queues.GetQueueClient(trigger.QueueName + QueueFunction.PoisonSuffix), scopes);
        var options = new QueueListenerOptions(hostJson.QueueParallelism, hostJson.QueueTries, hostJson.RetryDelay, hostJson.MaxPollingInterval);
        return Listener(queues.GetQueueClient(trigger.QueueName), handler, options).RunAsync(abort, stopping);
    }

    private QueueListener Listener(QueueClient queue, IMessageHandler handler, QueueListenerOptions options)
        => new(queue, handler, options, health, time, loggers.CreateLogger<QueueListener>());

    // Null when the setting is empty: then the function is off, and HTTP goes on.
    private (BlobServiceClient Blobs, QueueServiceClient Queues)? Connect(FunctionDescriptor function, string? setting)
    {
        setting ??= StorageConnection.DefaultSetting;
        var connection = new StorageConnection(configuration, setting);
        if (!connection.IsConfigured)
        {
            TriggerLog.Off(loggers.CreateLogger<StorageTriggers>(), function.Name, setting);
            return null;
        }

        var options = new QueueClientOptions(QueueVersion) { MessageEncoding = QueueMessageEncoding.Base64 };
        StorageConnection.Apply(options);
        QueueServiceClient? queues = null;
        options.MessageDecodingFailed += message => SetAsideAsync(message, queues!);
        queues = connection.Create(
            "queue",
            connectionString => new QueueServiceClient(connectionString, options),
            uri => new QueueServiceClient(uri, StorageConnection.Credential, options),
            client => client.Uri);
        return (connection.CreateBlobServiceClient(), queues);
    }

    // A message that is not base64 never becomes readable: kept as it is in the poison queue.
    private static async Task SetAsideAsync(QueueMessageDecodingFailedEventArgs message, QueueServiceClient queues)
    {
        var poison = queues.GetQueueClient(message.Queue.Name + QueueFunction.PoisonSuffix);
        await poison.CreateIfNotExistsAsync(cancellationToken: message.CancellationToken).ConfigureAwait(false);
        await poison.SendMessageAsync(message.ReceivedMessage.Body, cancellationToken: message.CancellationToken).ConfigureAwait(false);
        await message.Queue.DeleteMessageAsync(message.ReceivedMessage.MessageId, message.ReceivedMessage.PopReceipt, message.CancellationToken).ConfigureAwait(false);
    }
}
