using Azure.Storage.Queues;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.EndToEnd.Faults;

/// <summary>The queues behind the blob trigger.</summary>
internal sealed class TriggerQueues(AzuriteFixture azurite)
{
    public const string Events = "azure-webjobs-blobtrigger-embedded-classifyupload";

    private static readonly string[] Poison = ["webjobs-blobtrigger-poison", "webjobs-blobtrigger-poison-poison"];

    private readonly QueueServiceClient _queues = azurite.Queues(QueueMessageEncoding.Base64);

    /// <summary>Gives a blob its turn, as the embedded host does.</summary>
    public async Task SendAsync(string queue, string name, string etag)
    {
        var client = _queues.GetQueueClient(queue);
        await client.CreateIfNotExistsAsync();
        await client.SendMessageAsync(System.Text.Json.JsonSerializer.Serialize(new
        {
            Type = "BlobTrigger",
            FunctionId = "Host.Functions.ClassifyUpload",
            BlobType = "BlockBlob",
            ContainerName = "uploads",
            BlobName = name,
            ETag = $"\"{etag}\"",
        }));
    }

    /// <summary>Waits until a queue has no message, leased or not.</summary>
    public Task WaitUntilEmptyAsync(string queue, TimeSpan timeout)
        => Eventually.HoldsAsync(async () => await CountAsync(queue) == 0, timeout, $"Emptying {queue}");

    /// <summary>Waits until no event is left, and checks that none was given up.</summary>
    public async Task AssertAllHandledAsync(TimeSpan timeout)
    {
        await WaitUntilEmptyAsync(Events, timeout);
        foreach (var queue in Poison)
            Assert.Equal(0, await CountAsync(queue));
    }

    private async Task<int> CountAsync(string name)
    {
        var queue = _queues.GetQueueClient(name);
        return await queue.ExistsAsync() ? (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount : 0;
    }
}
