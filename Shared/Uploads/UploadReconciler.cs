using System.Runtime.ExceptionServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ClassifierFunctions.Results;
using Microsoft.Extensions.Logging;

namespace ClassifierFunctions.Uploads;

/// <summary>Classifies the uploads that nobody told the app of: events get lost, and so do apps.</summary>
/// <remarks>
/// 1. Walk over uploads and results side by side.
/// 2. Pass over uploads that are answered, those younger than <see cref="MinAge"/>, which the trigger is still at, and those that can have no result.
/// 3. Classify each of the others as the trigger would; it makes no difference if both do.
/// 4. What fails is tried again by the next runs of this process; what fails after <see cref="MaxTries"/> of them gets its failed result. Faults of the
///    storage, one after the other, end the run: they are no matter of this or that upload.
/// </remarks>
public sealed partial class UploadReconciler(
    BlobServiceClient storage, ResultStore results, UploadClassifier uploads, TimeProvider time, ILogger<UploadReconciler> logger)
{
    /// <summary>Uploads are left alone for so long: event, queue and five tries take their time.</summary>
    public static readonly TimeSpan MinAge = TimeSpan.FromMinutes(5);

    /// <summary>A run begins no other upload after this long: hosts stop functions that run for too long, five minutes at the least. The next run goes on.</summary>
    public static readonly TimeSpan MaxDuration = TimeSpan.FromMinutes(4);

    /// <summary>Runs that try an upload before it is given up.</summary>
    public const int MaxTries = 5;

    private const int MaxFaultsInARow = 5;

    private Dictionary<(string Name, string ETag), int> _failures = [];
    private int _isRunning;

    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="RequestFailedException">A fault of the storage.</exception>
    public async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isRunning, 1) == 1)
            return;
        try
        {
            await RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var (started, now) = (time.GetTimestamp(), time.GetUtcNow());
        var failures = new Dictionary<(string, string), int>();
        var (answered, faults, isComplete) = (0, 0, false);
        try
        {
            var container = storage.GetBlobContainerClient(AsyncOptions.Uploads);
            // :: Step 1
            await using var answers = new AnsweredUploads(results.ListAsync(cancellationToken));
            await foreach (var blob in container.ListAsync(BlobTraits.None, cancellationToken).ConfigureAwait(false))
            {
                var etag = blob.Properties.ETag!.Value.Unquoted();
                // :: Step 2
                if (await answers.FindAsync(blob.Name).ConfigureAwait(false) == etag
                    || blob.Properties.LastModified > now - MinAge || blob.Name.Length > ResultStore.MaxUploadName)
                {
                    continue;
                }

                if (time.GetElapsedTime(started) > MaxDuration)
                    return;
                // :: Steps 3 and 4
                var failed = _failures.GetValueOrDefault((blob.Name, etag));
                var failure = await TryAnswerAsync(container.GetBlobClient(blob.Name), etag, failed, cancellationToken).ConfigureAwait(false);
                if (failure is null)
                    answered++;
                else
                    failures[(blob.Name, etag)] = failed + 1;
                faults = failure?.IsStorageFault() == true ? faults + 1 : 0;
                if (faults == MaxFaultsInARow)
                    ExceptionDispatchInfo.Throw(failure!);
            }

            isComplete = true;
        }
        finally
        {
            Remember(failures, isComplete);
            if (answered + failures.Count > 0)
                Log.Reconciled(logger, answered, failures.Count);
        }
    }

    // Null when it has its result.
    private async Task<Exception?> TryAnswerAsync(BlobClient upload, string etag, int failed, CancellationToken cancellationToken)
    {
        try
        {
            await uploads.ClassifyAsync(upload, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, failure, upload.Name, failed + 1);
            return failed < MaxTries ? failure : await TryGiveUpAsync(upload, etag, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Exception?> TryGiveUpAsync(BlobClient upload, string etag, CancellationToken cancellationToken)
    {
        try
        {
            await uploads.GiveUpAsync(upload, etag, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return failure;
        }
    }

    // Only what this run saw failing; of uploads that it did not come to, what is known from before.
    private void Remember(Dictionary<(string, string), int> failures, bool isComplete)
    {
        if (isComplete)
        {
            _failures = failures;
            return;
        }

        foreach (var (upload, count) in failures)
            _failures[upload] = count;
    }

    private static partial class Log
    {
        [LoggerMessage(23, LogLevel.Warning, "Uploads without results: {Answered} answered, {Failed} to be tried again")]
        public static partial void Reconciled(ILogger logger, int answered, int failed);

        [LoggerMessage(24, LogLevel.Warning, "Upload {Name}: failed in {Runs} runs")]
        public static partial void Failed(ILogger logger, Exception failure, string name, int runs);
    }
}
