namespace Microsoft.Azure.Functions.Worker;

/// <summary>How Azure learns of a new blob. The embedded host scans the container for both.</summary>
public enum BlobTriggerSource
{
    LogsAndContainerScan,
    EventGrid,
}
