namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the parameter that receives a queue message.</summary>
/// <param name="queueName">Queue to read.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class QueueTriggerAttribute(string queueName) : Attribute
{
    public string QueueName { get; } = queueName;

    /// <summary>App setting of the storage account; <c>AzureWebJobsStorage</c> by default.</summary>
    public string? Connection { get; set; }
}
