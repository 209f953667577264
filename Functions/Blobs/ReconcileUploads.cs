using ClassifierFunctions.Uploads;
using Microsoft.Azure.Functions.Worker;

namespace ClassifierFunctions.Functions.Blobs;

/// <summary>Every five minutes, classifies the uploads that have waited longer than that: events get lost.</summary>
public sealed class ReconcileUploads(UploadReconciler uploads)
{
    [Function(nameof(ReconcileUploads))]
    public Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => uploads.ReconcileAsync(cancellationToken);
}
