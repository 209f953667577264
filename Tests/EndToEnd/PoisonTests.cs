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
        var model = folder.CopyModel(TestData.Squeezenet, "models/broken");
        // A readable graph whose weights are cut off: it is found, but no session can be made of it.
        var onnx = Path.Combine(model, "model.onnx");
        await File.WriteAllBytesAsync(onnx, (await File.ReadAllBytesAsync(onnx))[..1_000_000]);
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
    }

    [Fact]
    public async Task PoisonQueue_MessageOfNobody_EndsInItsOwnPoisonQueue()
    {
        using var folder = new TemporaryFolder();
        folder.Write("host.json", """{"version": "2.0", "extensions": {"queues": {"maxPollingInterval": "00:00:01"}}}""");
        await using var app = await AppProcess.StartAsync(
            new() { ["Models__Path"] = TestData.Folder, ["AzureWebJobsStorage"] = azurite.ConnectionString }, folder.Path);
        var queue = azurite.Queues().GetQueueClient("webjobs-blobtrigger-poison");
        await queue.CreateIfNotExistsAsync();
        await queue.SendMessageAsync("not the message of a blob trigger");

        var poison = azurite.Queues().GetQueueClient("webjobs-blobtrigger-poison-poison");
        var message = await Eventually.GetAsync(
            async () => await poison.ExistsAsync() ? (await poison.ReceiveMessageAsync()).Value : null, TimeSpan.FromSeconds(30), "The poison message");
        Assert.Equal("not the message of a blob trigger", message.Body.ToString());
    }
}
