using System.Runtime.InteropServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>Looks through a container for versions of blobs that have no receipt yet, and gives each its turn in a queue.</summary>
internal sealed class BlobScanner(
    BlobPath path, string functionId, BlobServiceClient service, BlobReceipts receipts, QueueClient turns, Action turnSent, StorageHealth health, TimeProvider time)
{
    // Sent at once: enough to keep the emulator at work, which answers one after the other.
    private const int SendParallelism = 8;

    private readonly BlobContainerClient _container = service.GetBlobContainerClient(path.Container);
    private readonly BlobListing _listing = new(service);

    // What needs no turn: by name, the version and the scan that last saw it. Null when it must be read (again) from the storage.
    private Dictionary<string, (string ETag, int Scan)>? _known;
    private int _scan;

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            try
            {
                await ScanAsync(stopping).ConfigureAwait(false);
                health.Up(this);
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

            await Task.Delay(ScanInterval.PauseAfter(time.GetElapsedTime(started)), time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ScanAsync(CancellationToken stopping)
    {
        var done = _known is null ? await receipts.LoadAsync(stopping).ConfigureAwait(false) : null;
        _known ??= new Dictionary<string, (string ETag, int Scan)>(StringComparer.Ordinal);
        _scan++;
        var present = 0;
        await foreach (var page in _listing.PagesAsync(_container.Name, prefix: null, stopping).ConfigureAwait(false))
        {
            var fresh = page.Where(blob => !IsKnown(blob, done)).ToArray();
            present += page.Count;
            await Parallel.ForEachAsync(
                fresh, new ParallelOptions { MaxDegreeOfParallelism = SendParallelism, CancellationToken = stopping }, SendTurnAsync).ConfigureAwait(false);
        }

        // Only what is still there: a replaced or deleted version never comes back.
        if (present < _known.Count)
            Forget(_known);
    }

    // Makes it known.
    private bool IsKnown(ListedBlob blob, HashSet<string>? done)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_known!, blob.Name, out _);
        var isKnown = known.ETag == blob.ETag;
        known = (blob.ETag, _scan);
        return isKnown || path.Match(blob.Name) is null || done?.Contains(BlobReceipts.Key(new ETag(blob.ETag), _container.Name, blob.Name)) == true;
    }

    private void Forget(Dictionary<string, (string ETag, int Scan)> known)
    {
        foreach (var (name, version) in known)
        {
            if (version.Scan != _scan)
                known.Remove(name);
        }
    }

    private async ValueTask SendTurnAsync(ListedBlob blob, CancellationToken stopping)
    {
        var turn = new BlobTriggerMessage(functionId, _container.Name, blob.Name, $"\"{blob.ETag}\"");
        await turns.SendMessageAsync(turn.ToBinaryData(), cancellationToken: stopping).ConfigureAwait(false);
        turnSent();
    }

    private async Task HandleAsync(Exception failure, CancellationToken stopping)
    {
        if (failure is not RequestFailedException { Status: 404 })
        {
            health.Down(this, failure);
            return;
        }

        try
        {
            await _container.CreateIfNotExistsAsync(cancellationToken: stopping).ConfigureAwait(false);
            await turns.CreateIfNotExistsAsync(cancellationToken: stopping).ConfigureAwait(false);
        }
        catch (Exception still) when (!stopping.IsCancellationRequested)
        {
            health.Down(this, still);
        }
    }
}
