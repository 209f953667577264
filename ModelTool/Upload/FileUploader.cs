using Azure.Storage.Blobs.Models;
using ClassifierFunctions.ModelTool.Images;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.ModelTool.Upload;

/// <summary>Uploads files from disk, some at a time. One that fails is reported and the others go on, unless none can succeed.</summary>
internal sealed class FileUploader(UploadStorage storage, int maxImageBytes)
{
    private const int AtATime = 8;

    // Failures in a row that are the account's and not the file's; each comes after the client's own tries.
    private int _unusable;

    /// <exception cref="StorageException">The account cannot be used any longer.</exception>
    public Task UploadAsync(IReadOnlyList<UploadFile> files, UploadBatch batch, CancellationToken cancellationToken)
        => Parallel.ForEachAsync(
            files,
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
            async (file, cancellation) => await UploadAsync(file, batch, cancellation));

    private async Task UploadAsync(UploadFile file, UploadBatch batch, CancellationToken cancellationToken)
    {
        var (content, problem) = Open(file);
        if (content is null)
        {
            batch.AddFailure(file, problem!);
            return;
        }

        try
        {
            await using (content)
            {
                BlobContentInfo uploaded = await storage.Uploads.GetBlobClient(file.BlobName).UploadAsync(content, new BlobUploadOptions(), cancellationToken);
                batch.AddUpload(file, uploaded.ETag.Unquoted());
            }

            Volatile.Write(ref _unusable, 0);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && StorageFailure.Is(failure))
        {
            if ((StorageFailure.IsUnreachable(failure) || StorageFailure.IsRefused(failure)) && Interlocked.Increment(ref _unusable) >= AtATime)
                throw storage.Unusable(failure);
            batch.AddFailure(file, StorageProblem.NotUploaded(StorageFailure.Reason(failure)));
        }
    }

    private (FileStream? Content, Problem? Problem) Open(UploadFile file)
    {
        if (file.BlobName.Length > ResultStore.MaxUploadName)
        {
            return (null, Problem.From(
                ClassifierError.InvalidRequest, $"The upload's name would have {file.BlobName.Length} characters; at most {ResultStore.MaxUploadName} are possible."));
        }

        FileStream? content = null;
        try
        {
            content = new FileStream(file.Path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 });
            ImageFile.CheckLength(content.Length, maxImageBytes);
            return (content, null);
        }
        catch (Exception failure) when (failure is ClassifierException || ImageFile.IsUnreadable(failure))
        {
            content?.Dispose();
            return (null, failure is ClassifierException refused ? Problem.From(refused) : ImageFile.Unreadable(failure));
        }
    }
}
