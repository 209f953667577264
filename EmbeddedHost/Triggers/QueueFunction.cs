using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using ClassifierFunctions.EmbeddedHost.Functions;
using Microsoft.Extensions.DependencyInjection;

namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>Calls a queue-triggered function; what it cannot process goes to <c>&lt;queue&gt;-poison</c>.</summary>
internal sealed class QueueFunction(FunctionInvoker function, QueueClient poison, IServiceScopeFactory scopes) : IMessageHandler
{
    public const string PoisonSuffix = "-poison";

    public async Task HandleAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var bindingData = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["id"] = message.MessageId };
        await function.InvokeAsync(scope.ServiceProvider, message.Body.ToString(), bindingData, cancellationToken).ConfigureAwait(false);
    }

    public async Task GiveUpAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        await poison.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await poison.SendMessageAsync(message.Body, cancellationToken: cancellationToken).ConfigureAwait(false);
    }
}
