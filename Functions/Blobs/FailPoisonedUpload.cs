using Azure.Storage.Blobs;
using ClassifierFunctions.Uploads;
using Microsoft.Azure.Functions.Worker;

namespace ClassifierFunctions.Functions.Blobs;

/// <summary>Writes the failed result of an upload that no try could classify, so that nobody waits for ever.</summary>
public sealed class FailPoisonedUpload(BlobServiceClient storage, UploadClassifier uploads)
{
    [Function(nameof(FailPoisonedUpload))]
    public Task Run(
        [QueueTrigger(UploadTrigger.PoisonQueue, Connection = UploadTrigger.Connection)] string message, CancellationToken cancellationToken)
    {
        var poisoned = PoisonedUpload.Parse(message);
        // The queue is the whole storage account's: other functions' blobs are left to those who own them.
        return poisoned.ContainerName == UploadTrigger.Container
            ? uploads.GiveUpAsync(storage.GetBlobContainerClient(poisoned.ContainerName).GetBlobClient(poisoned.BlobName), poisoned.ETag, cancellationToken)
            : Task.CompletedTask;
    }
}
