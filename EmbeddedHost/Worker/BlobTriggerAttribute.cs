namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the parameter that receives a new or changed blob.</summary>
/// <param name="blobPath">Container and blob name, such as <c>uploads/{name}</c>.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class BlobTriggerAttribute(string blobPath) : Attribute
{
    public string BlobPath { get; } = blobPath;

    /// <summary>App setting of the storage account; <c>AzureWebJobsStorage</c> by default.</summary>
    public string? Connection { get; set; }

    public BlobTriggerSource Source { get; set; }
}
