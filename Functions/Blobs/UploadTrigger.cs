using ClassifierFunctions.Results;
using Microsoft.Azure.Functions.Worker;

namespace ClassifierFunctions.Functions.Blobs;

/// <summary>What the functions of the asynchronous path share.</summary>
internal static class UploadTrigger
{
    public const string Container = AsyncOptions.Uploads;
    public const string Path = Container + "/{name}";
    public const string PoisonQueue = "webjobs-blobtrigger-poison";
    public const string Connection = StorageConnection.DefaultSetting;

    // Polling triggers have skipped blobs. The embedded host plays Event Grid's part; Core Tools needs LogsAndContainerScan here instead.
    public const BlobTriggerSource Source = BlobTriggerSource.EventGrid;
}
