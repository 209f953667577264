using Azure.Storage.Blobs;
using ClassifierFunctions.Uploads;
using Microsoft.Azure.Functions.Worker;

namespace ClassifierFunctions.Functions.Blobs;

/// <summary>Classifies an uploaded image into <c>results/&lt;path&gt;.json</c>.</summary>
public sealed class ClassifyUpload(UploadClassifier uploads)
{
    // No output binding: with one, the Functions host would stop binding BlobClient.
    [Function(nameof(ClassifyUpload))]
    public Task Run(
        [BlobTrigger(UploadTrigger.Path, Connection = UploadTrigger.Connection, Source = UploadTrigger.Source)] BlobClient upload,
        CancellationToken cancellationToken)
        => uploads.TryAsync(upload, cancellationToken);
}
