using Azure.Storage.Queues.Models;

namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>What a queue's messages are for: a queue-triggered function, or a blob's turn.</summary>
internal interface IMessageHandler
{
    /// <summary>Processes a message; what it throws makes the message come again.</summary>
    Task HandleAsync(QueueMessage message, CancellationToken cancellationToken);

    /// <summary>Keeps a message that failed every time, so that the queue may forget it.</summary>
    Task GiveUpAsync(QueueMessage message, CancellationToken cancellationToken);
}
