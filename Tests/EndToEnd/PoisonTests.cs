using System.Net;
using Azure.Storage.Queues;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>An upload whose model cannot be loaded: tried again, then given up with a failed result.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed class PoisonTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Upload_ModelCannotLoad_IsTriedFiveTimesThenFails()
    {
        using var folder = new TemporaryFolder();
        folder.CopyBrokenModel("models/broken");
        folder.Write("host.json", """
            {"version": "2.0", "extensions": {"http": {"routePrefix": ""}, "queues": {"visibilityTimeout": "00:00:00", "maxPollingInterval": "00:00:01"}}}
            """);
        await using var app = await AppProcess.StartAsync(
            new() { ["Models__Path"] = Path.Combine(folder.Path, "models"), ["AzureWebJobsStorage"] = azurite.ConnectionString }, folder.Path);
        var uploads = new UploadContainer(azurite.Blobs());
        var etag = await uploads.UploadAsync("broken/x.jpg", await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")));
        var result = await uploads.ResultAsync("broken/x.jpg", etag, TimeSpan.FromSeconds(60));

        Assert.Equal("failed", result.GetProperty("status").GetString());
        Assert.Equal("urn:classifier-functions:gave-up", result.GetProperty("error").GetProperty("type").GetString());
        for (var attempt = 1; attempt < 5; attempt++)
            Assert.Equal(1, app.Count($"failed, try {attempt} of 5"));
        Assert.Equal(1, app.Count("failed 5 times and is given up"));
        Assert.Equal("broken", result.GetProperty("model").GetString());

        // The catalogue and readiness have learnt of it, too.
        using var models = await app.Http.GetAsync(new Uri("api/models/broken", UriKind.Relative));
        var version = (await models.JsonAsync()).GetProperty("versions")[0];
        Assert.Equal("failed", version.GetProperty("state").GetString());
        Assert.Contains("maxPool", version.GetProperty("error").GetString(), StringComparison.Ordinal);
        using var ready = await app.Http.GetAsync(new Uri("api/health/ready", UriKind.Relative));
        await ready.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "model-unavailable");
    }

    [Theory]
    [InlineData("webjobs-blobtrigger-poison", true)]
    [InlineData("webjobs-blobtrigger-poison", false)]
    [InlineData("azure-webjobs-blobtrigger-embedded-classifyupload", true)]
    public async Task Queue_MessageOfNobody_EndsInAPoisonQueueOnce(string queueName, bool isBase64)
    {
        using var folder = new TemporaryFolder();
        folder.Write("host.json", """{"version": "2.0", "extensions": {"queues": {"maxPollingInterval": "00:00:01"}}}""");
        await using var app = await AppProcess.StartAsync(
            new() { ["Models__Path"] = TestData.Folder, ["AzureWebJobsStorage"] = azurite.ConnectionString }, folder.Path);
        var text = $"nobody's {Guid.NewGuid()}";
        var queue = azurite.Queues(isBase64 ? QueueMessageEncoding.Base64 : QueueMessageEncoding.None).GetQueueClient(queueName);
        await queue.CreateIfNotExistsAsync();
        await queue.SendMessageAsync(text);

        // A turn goes to the blob triggers' poison queue, whose function cannot read it either.
        var poison = azurite.Queues(QueueMessageEncoding.Base64).GetQueueClient("webjobs-blobtrigger-poison-poison");
        var message = await Eventually.GetAsync(
            async () => await poison.ExistsAsync() ? (await poison.ReceiveMessageAsync()).Value : null, TimeSpan.FromSeconds(30), "The poison message");
        Assert.Equal(text, message.Body.ToString());
        await poison.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        await Eventually.HoldsAsync(
            async () => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0, TimeSpan.FromSeconds(30), "Emptying the queue");
        Assert.DoesNotContain("Storage cannot be reached", app.Output, StringComparison.Ordinal);
    }
}
