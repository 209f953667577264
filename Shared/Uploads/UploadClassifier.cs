using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using ClassifierFunctions.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Uploads;

/// <summary>Classifies an upload and writes its result, exactly one per ETag however often it is called.</summary>
/// <remarks>
/// 1. Look at the result, then at the upload; stop when that ETag is answered.
/// 2. Find the model by the upload's first folder.
/// 3. Download just that ETag, classify it.
/// 4. Write the result on condition that nobody else did; otherwise begin again.
/// What can never succeed becomes a failed result at once; what may succeed later is thrown, so that the trigger tries again.
/// </remarks>
public sealed partial class UploadClassifier(
    ModelCatalog catalog,
    ImageClassifier classifier,
    ResultStore results,
    IOptions<LimitsOptions> limits,
    TimeProvider time,
    ILogger<UploadClassifier> logger)
{
    private const int MaxConflicts = 5;

    // The Functions host tries again at once: without it, five tries would be over before a short fault of the storage is.
    private static readonly TimeSpan PauseAfterStorageFault = TimeSpan.FromSeconds(5);

    /// <param name="upload">The uploaded blob.</param>
    /// <param name="cancellationToken">Stops the work; the upload stays unanswered.</param>
    /// <exception cref="ClassifierException">A transient failure.</exception>
    /// <exception cref="RequestFailedException">A fault of the storage.</exception>
    public Task ClassifyAsync(BlobClient upload, CancellationToken cancellationToken)
        => AnswerAsync(upload, null, source => ClassifyAsync(upload, source, cancellationToken), cancellationToken);

    /// <summary>One of a trigger's tries: <see cref="ClassifyAsync(BlobClient, CancellationToken)"/>, which lets faults of the storage pass by before it fails.</summary>
    public async Task TryAsync(BlobClient upload, CancellationToken cancellationToken)
    {
        try
        {
            await ClassifyAsync(upload, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && failure.IsStorageFault())
        {
            await Task.Delay(PauseAfterStorageFault, time, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Writes a failed result for an upload that no try could answer.</summary>
    /// <param name="upload">The uploaded blob.</param>
    /// <param name="etag">The version that was tried; nothing is written when another one has replaced it.</param>
    /// <param name="cancellationToken">Stops the work; the upload stays unanswered.</param>
    public Task GiveUpAsync(BlobClient upload, string etag, CancellationToken cancellationToken)
    {
        var problem = Problem.From(ClassifierError.GaveUp, "Every try failed; the app's log says why. Upload the image again to have it tried again.");
        return AnswerAsync(upload, etag, source => Task.FromResult<UploadResult?>(Failed(source, problem) with { Model = KnownModel(source.Name) }), cancellationToken);
    }

    private async Task AnswerAsync(
        BlobClient upload, string? onlyETag, Func<UploadSource, Task<UploadResult?>> answer, CancellationToken cancellationToken)
    {
        if (upload.Name.Length > ResultStore.MaxUploadName)
        {
            // No try can change that.
            Log.NameTooLong(logger, upload.Name, ResultStore.MaxUploadName);
            return;
        }

        for (var conflicts = 0; conflicts < MaxConflicts; conflicts++)
        {
            // :: Step 1; in this order, so that a result which is there by then is never of a newer upload than the one that is read
            var existing = await results.FindAsync(upload.Name, cancellationToken).ConfigureAwait(false);
            if (await FindSourceAsync(upload, cancellationToken).ConfigureAwait(false) is not { } source || source.ETag != (onlyETag ?? source.ETag))
            {
                Log.Gone(logger, upload.Name);
                return;
            }

            if (existing.UploadETag == source.ETag)
            {
                Log.AnsweredAlready(logger, upload.Name);
                return;
            }

            // :: Steps 2 and 3; null when the upload was replaced meanwhile: its new ETag has its own turn, and this loop sees it first
            if (await answer(source).ConfigureAwait(false) is not { } result)
                continue;
            // :: Step 4
            if (await results.TryWriteAsync(result, existing, cancellationToken).ConfigureAwait(false))
            {
                Log.Answered(logger, upload.Name, result.Status);
                return;
            }
        }

        throw new ClassifierException(ClassifierError.Internal, $"The result of {upload.Name} was written by others {MaxConflicts} times in a row.");
    }

    private static async Task<UploadSource?> FindSourceAsync(BlobClient upload, CancellationToken cancellationToken)
    {
        try
        {
            BlobProperties properties = await upload.GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return new UploadSource(upload.Name, properties.ETag.Unquoted(), properties.ContentLength, properties.LastModified, default);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
        catch (RequestFailedException unreadable) when (unreadable.Status == 409)
        {
            // Encrypted with a key of the uploader's: not even this is told, but in lists.
            return await FindListedAsync(upload, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<UploadSource?> FindListedAsync(BlobClient upload, CancellationToken cancellationToken)
    {
        var blobs = upload.GetParentBlobContainerClient().GetBlobsAsync(BlobTraits.None, BlobStates.None, upload.Name, cancellationToken);
        await foreach (var blob in blobs.ConfigureAwait(false))
        {
            if (blob.Name == upload.Name)
                return new UploadSource(blob.Name, blob.Properties.ETag!.Value.Unquoted(), blob.Properties.ContentLength ?? 0, blob.Properties.LastModified ?? default, default);
        }

        return null;
    }

    private async Task<UploadResult?> ClassifyAsync(BlobClient upload, UploadSource source, CancellationToken cancellationToken)
    {
        ModelVersion? model = null;
        try
        {
            // :: Step 2
            using var lease = catalog.Lease(ModelName(source.Name), version: null);
            model = lease.Model;
            // :: Step 3
            if (source.Bytes > limits.Value.MaxImageBytes)
            {
                throw new ClassifierException(ClassifierError.TooManyBytes, string.Create(CultureInfo.InvariantCulture,
                    $"The upload has {source.Bytes} bytes; at most {limits.Value.MaxImageBytes} are accepted."));
            }

            using var bytes = await DownloadAsync(upload, source, cancellationToken).ConfigureAwait(false);
            if (bytes is null)
                return null;
            var (predictions, image) = await classifier
                .ClassifyAsync(lease, bytes.Memory, new PredictionOptions(), new StageTimings(), cancellationToken, Priority.Background).ConfigureAwait(false);
            return new UploadResult
            {
                Status = UploadResult.Succeeded,
                Model = model.Model,
                Version = model.Version,
                Predictions = predictions,
                Image = image,
                Source = source with { Classified = time.GetUtcNow() },
            };
        }
        catch (ClassifierException final) when (!final.IsTransient)
        {
            return Failed(source, Problem.From(final)) with { Model = model?.Model, Version = model?.Version };
        }
    }

    // Null when the upload was replaced or deleted since it was looked at.
    private static async Task<PooledBytes?> DownloadAsync(BlobClient upload, UploadSource source, CancellationToken cancellationToken)
    {
        var bytes = new PooledBytes((int)source.Bytes);
        try
        {
            var options = new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfMatch = new ETag(source.ETag) } };
            using var download = (await upload.DownloadStreamingAsync(options, cancellationToken).ConfigureAwait(false)).Value;
            await download.Content.ReadExactlyAsync(bytes.Writable, cancellationToken).ConfigureAwait(false);
            return bytes;
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            bytes.Dispose();
            return null;
        }
        catch (RequestFailedException unreadable) when (unreadable.Status == 409)
        {
            bytes.Dispose();
            throw new ClassifierException(
                ClassifierError.UnreadableBlob, $"The storage does not give the upload away ({unreadable.ErrorCode}). Upload the image again, to a tier that can be read and without a key of your own.", unreadable);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    // uploads/<model>/<anything>, or uploads/<anything> for the default model.
    private static string? ModelName(string uploadName)
        => uploadName.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? uploadName[..slash] : null;

    private string? KnownModel(string uploadName) => ModelName(uploadName) is { } name && catalog.Contains(name) ? name : null;

    private UploadResult Failed(UploadSource source, Problem problem)
        => new() { Status = UploadResult.Failed, Error = problem, Source = source with { Classified = time.GetUtcNow() } };

    private static partial class Log
    {
        [LoggerMessage(20, LogLevel.Information, "Upload {Name}: {Status}")]
        public static partial void Answered(ILogger logger, string name, string status);

        [LoggerMessage(21, LogLevel.Information, "Upload {Name}: has its result already")]
        public static partial void AnsweredAlready(ILogger logger, string name);

        [LoggerMessage(25, LogLevel.Error, "Upload {Name}: has no result, because its name has more than {Max} characters")]
        public static partial void NameTooLong(ILogger logger, string name, int max);

        [LoggerMessage(22, LogLevel.Information, "Upload {Name}: deleted or replaced before it was classified")]
        public static partial void Gone(ILogger logger, string name);
    }
}
