using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using ClassifierFunctions.EmbeddedHost.Functions;
using ClassifierFunctions.Results;
using Microsoft.Extensions.DependencyInjection;

namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>
/// Calls a blob-triggered function for one version of one blob, and keeps a receipt of it; what it cannot process goes to
/// <c>webjobs-blobtrigger-poison</c>.
/// </summary>
internal sealed class BlobFunction(
    FunctionInvoker function, BlobPath path, BlobServiceClient service, BlobReceipts receipts, QueueClient poison, IServiceScopeFactory scopes) : IMessageHandler
{
    public const string PoisonQueue = "webjobs-blobtrigger-poison";

    public async Task HandleAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        var turn = BlobTriggerMessage.TryParse(message.Body) ?? throw new FormatException("The message is not a blob's turn.");
        var key = Key(turn);
        var blob = service.GetBlobContainerClient(turn.ContainerName).GetBlobClient(turn.BlobName);
        // A blob that was deleted or replaced has no turn any more; the new version gets its own.
        if (path.Match(turn.BlobName) is not { } bindingData || await IsOtherVersionAsync(blob, turn, cancellationToken).ConfigureAwait(false)
            || await receipts.ExistsAsync(key, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        await function.InvokeAsync(scope.ServiceProvider, blob, bindingData, cancellationToken).ConfigureAwait(false);
        await receipts.WriteAsync(key, CancellationToken.None).ConfigureAwait(false);
    }

    public async Task GiveUpAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        await poison.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await poison.SendMessageAsync(message.Body, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (BlobTriggerMessage.TryParse(message.Body) is { } turn)
            await receipts.WriteAsync(Key(turn), cancellationToken).ConfigureAwait(false);
    }

    private static string Key(BlobTriggerMessage turn) => BlobReceipts.Key(new ETag(turn.ETag.Trim('"')), turn.ContainerName, turn.BlobName);

    private static async Task<bool> IsOtherVersionAsync(BlobClient blob, BlobTriggerMessage turn, CancellationToken cancellationToken)
    {
        try
        {
            BlobProperties properties = await blob.GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return properties.ETag.Unquoted() != turn.ETag.Trim('"');
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return true;
        }
    }
}
