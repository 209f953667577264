using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.ModelTool.Upload;

/// <summary>Collects a batch's results as they appear: lists what begins like the batch, and downloads only what answers an upload of it.</summary>
internal sealed class ResultWatcher(UploadStorage storage, string prefix, TimeProvider time)
{
    private const int AtATime = 8;

    // Between two listings: the shorter one while results come.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    /// <summary>Why the last listing failed; null when it did not.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Ends when every upload has its result, or when none has come for too long.</summary>
    /// <param name="batch">Where uploads are added meanwhile.</param>
    /// <param name="uploading">Ends after the last upload was added.</param>
    /// <param name="patience">How long to wait, after the last upload, without a new result.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="StorageException">Results must not be read.</exception>
    public async Task WatchAsync(UploadBatch batch, Task uploading, TimeSpan patience, CancellationToken cancellationToken)
    {
        var interval = Shortest;
        while (true)
        {
            var areAllUploaded = uploading.IsCompleted;
            var (began, before) = (time.GetTimestamp(), batch.Missing);
            if (before > 0)
                await CollectAsync(batch, cancellationToken);
            var missing = batch.Missing;
            if (areAllUploaded && (missing == 0 || batch.Quiet >= patience))
                return;

            // At most half of the time is spent on listing.
            interval = missing < before ? Shortest : Min(interval * 1.5, Longest);
            var pause = Max(interval, time.GetElapsedTime(began));
            if (areAllUploaded)
                pause = Min(pause, patience - batch.Quiet);
            await Task.Delay(Max(pause, Shortest), time, cancellationToken);
        }
    }

    private async Task CollectAsync(UploadBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            await Parallel.ForEachAsync(
                FindAsync(batch, cancellationToken),
                new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
                async (found, cancellation) => await ReadAsync(found.File, found.Result, batch, cancellation));
            Trouble = null;
        }
        catch (RequestFailedException none) when (none.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            // The app makes the container with the first result.
            Trouble = null;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && StorageFailure.Is(failure))
        {
            if (StorageFailure.IsRefused(failure))
                throw storage.Unusable(failure);
            // The next listing may succeed; a storage account that stays away is a lack of news.
            Trouble = StorageFailure.Reason(failure);
        }
    }

    private async IAsyncEnumerable<(UploadFile File, BlobItem Result)> FindAsync(UploadBatch batch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new GetBlobsOptions { Traits = BlobTraits.Metadata, Prefix = prefix };
        await foreach (var result in storage.Results.GetBlobsAsync(options, cancellationToken))
        {
            if (result.Name.EndsWith(ResultStore.Extension, StringComparison.Ordinal)
                && result.Metadata?.TryGetValue(ResultStore.UploadETag, out var etag) == true
                && batch.FindMissing(result.Name[..^ResultStore.Extension.Length], etag) is { } file)
            {
                yield return (file, result);
            }
        }
    }

    private async Task ReadAsync(UploadFile file, BlobItem result, UploadBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            if (result.Properties.ContentLength > ResultDocument.MaxBytes)
                throw new FormatException($"It has {result.Properties.ContentLength} bytes.");
            var options = new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfMatch = result.Properties.ETag } };
            BlobDownloadResult document = await storage.Results.GetBlobClient(result.Name).DownloadContentAsync(options, cancellationToken);
            batch.AddResult(file, ResultDocument.Parse(document.Content.ToMemory().Span));
        }
        catch (FormatException invalid)
        {
            batch.AddInvalidResult(file, invalid.Message);
        }
        catch (RequestFailedException replaced) when (replaced.Status is 404 or 412)
        {
            // The next listing has what stands there now.
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
