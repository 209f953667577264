using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>Looks through a container for versions of blobs that have no receipt yet, and gives each its turn in a queue.</summary>
internal sealed class BlobScanner(
    BlobPath path, string functionId, BlobContainerClient container, BlobReceipts receipts, QueueClient turns, StorageHealth health, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // What needs no turn: key of receipts. Null when it must be read (again) from the storage.
    private HashSet<string>? _known;

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ScanAsync(stopping).ConfigureAwait(false);
                health.Up();
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Turns may have been lost with the storage: begin again with the receipts, at worst a version gets two turns.
                _known = null;
                await HandleAsync(failure, stopping).ConfigureAwait(false);
            }

            await Task.Delay(Interval, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ScanAsync(CancellationToken stopping)
    {
        _known ??= await receipts.LoadAsync(stopping).ConfigureAwait(false);
        var present = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, stopping).ConfigureAwait(false))
        {
            if (blob.Properties.ETag is not { } etag || path.Match(blob.Name) is null)
                continue;
            var key = BlobReceipts.Key(etag, container.Name, blob.Name);
            if (!_known.Contains(key))
                await turns.SendMessageAsync(Turn(blob.Name, etag).ToBinaryData(), cancellationToken: stopping).ConfigureAwait(false);
            present.Add(key);
        }

        // Only what is still there: a replaced or deleted version never comes back.
        _known = present;
    }

    private BlobTriggerMessage Turn(string blobName, ETag etag) => new(functionId, container.Name, blobName, $"\"{etag.Unquoted()}\"");

    private async Task HandleAsync(Exception failure, CancellationToken stopping)
    {
        if (failure is not RequestFailedException { Status: 404 })
        {
            health.Down(failure);
            return;
        }

        try
        {
            await container.CreateIfNotExistsAsync(cancellationToken: stopping).ConfigureAwait(false);
            await turns.CreateIfNotExistsAsync(cancellationToken: stopping).ConfigureAwait(false);
        }
        catch (Exception still) when (!stopping.IsCancellationRequested)
        {
            health.Down(still);
        }
    }
}
