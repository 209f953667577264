using System.Diagnostics;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary><c>ModelTool upload</c> when there is nothing to upload to, or it goes away.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed class ModelToolUploadWithoutStorageTests(AzuriteFixture azurite)
{
    // Nothing listens on this port, which is reserved.
    private const string Nowhere = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:1/a";

    [Fact]
    public async Task Upload_NoStorage_SaysWhatToDoWithinSeconds()
    {
        var began = Stopwatch.GetTimestamp();

        var (exitCode, output, error) = await ModelToolProcess.RunAsync("upload", TestData.Path("squeezenet", "photos"), "--wait", "--storage", Nowhere);

        Assert.Equal((1, ""), (exitCode, output));
        var line = Assert.Single(error.TrimEnd().Split('\n'));
        Assert.StartsWith("The storage account at http://127.0.0.1:1/a cannot be reached: Connection refused", line, StringComparison.Ordinal);
        Assert.Contains("Start the app", line, StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Upload_StorageGoesAwayWhileWaiting_WaitsForItsReturn()
    {
        await using var tool = ModelToolProcess.Start(
            Repository.Root,
            ["upload", TestData.Photo("dog.jpg"), "--model", "squeezenet", "--to", "away", "--wait", "--csv", "--timeout", "60"],
            new() { ["AzureWebJobsStorage"] = azurite.ConnectionString });
        var upload = azurite.Blobs().GetBlobContainerClient("uploads").GetBlobClient("squeezenet/away/dog.jpg");
        await Eventually.HoldsAsync(async () => await upload.ExistsAsync(), TimeSpan.FromSeconds(30), "The upload");
        await azurite.StopAsync();
        await azurite.StartAsync();
        await using var app = await AppProcess.StartAsync(new() { ["Models__Path"] = TestData.Folder, ["AzureWebJobsStorage"] = azurite.ConnectionString });

        Assert.Contains("dog.jpg,1,golden retriever", await tool.Output.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal((0, ""), await tool.WaitForExitAsync());
    }

    [Theory]
    [InlineData("need --wait", "--json")]
    [InlineData("need --wait", "--timeout", "5")]
    [InlineData("exclude each other", "--wait", "--json", "--csv")]
    [InlineData("--timeout must be 1 or more", "--wait", "--timeout", "0")]
    [InlineData("--model must be the name of a model", "--model", "a/b")]
    [InlineData("--to must be the name of a folder", "--model", "a", "--to", "../b")]
    [InlineData("--to can have a slash only with --model", "--to", "a/b")]
    [InlineData("--storage is neither", "--storage", "?")]
    [InlineData("'--to' expects a single argument", "--to", "a", "--to", "b")]
    [InlineData("'--model' expects a single argument", "--model", "a", "--model", "b")]
    public async Task Upload_WrongArguments_SaysWhatIsWrong(string reason, params string[] arguments)
    {
        var (exitCode, _, error) = await ModelToolProcess.RunAsync(["upload", TestData.Photo("dog.jpg"), .. arguments]);

        Assert.Equal(1, exitCode);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }
}
