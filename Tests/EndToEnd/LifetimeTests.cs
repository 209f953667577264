using System.Net;
using System.Net.Sockets;
using ClassifierFunctions.EmbeddedHost.Azurite;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>Start and stop of the app's process.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed class LifetimeTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Stop_RequestInFlight_IsAnsweredFirst(string signal)
    {
        await using var app = await AppProcess.StartAsync(new() { ["Models__Path"] = TestData.Folder, ["AzureWebJobsStorage"] = "" });
        var photo = await File.ReadAllBytesAsync(TestData.Photo("dog.jpg"));
        var content = new PausedContent(photo);
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri("api/classify/squeezenet", UriKind.Relative)) { Content = content };
        // The body begins when the function asks for it: from then on the request is in flight.
        message.Headers.ExpectContinue = true;
        var request = app.Http.SendAsync(message);
        await content.Paused;

        var stop = app.StopAsync(signal);
        await Eventually.HoldsAsync(() => RefusesConnectionsAsync(app.Http.BaseAddress!), TimeSpan.FromSeconds(30), "Closing the port");
        Assert.False(stop.IsCompleted);
        content.Continue();
        using var response = await request;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        GoldenPhoto.Named("dog.jpg").AssertMatches(await response.JsonAsync());
        Assert.Equal(0, await stop);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task Stop_UploadsInFlight_AllHaveResultsAfterTheNextStart(string signal)
    {
        var settings = new Dictionary<string, string> { ["Models__Path"] = TestData.Folder, ["AzureWebJobsStorage"] = azurite.ConnectionString };
        var uploads = new UploadContainer(azurite.Blobs());
        var golden = GoldenPhoto.Named("dog.jpg");
        var photo = await File.ReadAllBytesAsync(golden.Path);
        var etags = new Dictionary<string, string>();
        await using (var app = await AppProcess.StartAsync(settings))
        {
            for (var i = 0; i < 15; i++)
            {
                var name = $"squeezenet/stopped-{signal}/{i}.jpg";
                etags[name] = await uploads.UploadAsync(name, photo);
            }

            await Eventually.HoldsAsync(() => Task.FromResult(app.Count($"squeezenet/stopped-{signal}/") > 0), TimeSpan.FromSeconds(20), "The first result");
            var exitCode = await app.StopAsync(signal);
            if (signal == "TERM")
                Assert.Equal(0, exitCode);
        }

        // A killed process's messages come back when their leases end.
        await using (await AppProcess.StartAsync(settings))
        {
            foreach (var (name, etag) in etags)
                golden.AssertMatches(await uploads.ResultAsync(name, etag, TimeSpan.FromSeconds(90)));
        }
    }

    [Fact]
    public async Task Start_DevelopmentStorage_StartsAzuriteAndStopsItAgain()
    {
        var ports = new AzuritePorts();
        // A developer's own emulator is used instead, and left running.
        var isOwn = await ports.AreListeningAsync(CancellationToken.None);
        await using var app = await AppProcess.StartAsync(new() { ["Models__Path"] = TestData.Folder, ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true" });
        await Eventually.HoldsAsync(() => ports.AreListeningAsync(CancellationToken.None), TimeSpan.FromSeconds(60), "Azurite's start");
        Assert.Equal(0, await app.StopAsync());

        Assert.Equal(isOwn, await ports.AreListeningAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Start_NoNode_ServesHttpAndSaysWhatStorageItHas()
    {
        // With a developer's own emulator, Node.js is not needed.
        var expected = await new AzuritePorts().AreListeningAsync(CancellationToken.None) ? "the emulator that listens" : "Install Node.js 20 or newer";
        using var folder = new TemporaryFolder();
        await using var app = await AppProcess.StartAsync(new()
        {
            ["Models__Path"] = TestData.Folder,
            ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
            ["PATH"] = folder.Path,
        });
        await Eventually.HoldsAsync(() => Task.FromResult(app.Count(expected) == 1), TimeSpan.FromSeconds(20), "The notice");
        using var response = await app.Http.GetAsync(new Uri("api/health/ready", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Start_NamedProviderNotBuiltIn_IsNotReady()
    {
        await using var app = await AppProcess.StartAsync(new()
        {
            ["Models__Path"] = TestData.Folder,
            ["AzureWebJobsStorage"] = "",
            ["Inference__ExecutionProviders"] = "CUDA",
            // Somebody else's variables: neither is the app's.
            ["PORT"] = "tcp://10.0.0.1:80",
            ["ADDRESS"] = "0.0.0.0",
        });
        using var photo = await app.Http.PostBytesAsync("api/classify/mnist", await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")));
        await photo.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "model-unavailable");
        using var ready = await app.Http.GetAsync(new Uri("api/health/ready", UriKind.Relative));
        await ready.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "model-unavailable");
    }

    [Fact]
    public async Task Start_PortInUse_SaysSoInOneLine()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var (exitCode, output) = await AppProcess.RunToEndAsync(
            new() { ["Models__Path"] = TestData.Folder, ["AzureWebJobsStorage"] = "" }, "--port", $"{port}");

        Assert.Equal(1, exitCode);
        Assert.Contains($"Cannot start: Port {port} is in use.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Limits__MaxImageBytes", "0", "Limits__MaxImageBytes must be 1 to 1000000000 bytes")]
    [InlineData("Limits__MaxDecodeMilliseconds", "0", "Limits__MaxDecodeMilliseconds must be 10 to 600000 milliseconds")]
    [InlineData("Limits__DecodeMemoryMB", "1", "Limits__DecodeMemoryMB must be 16 to 100000 megabytes")]
    [InlineData("Limits__MaxImagePixels", "many", "Limits:MaxImagePixels")]
    [InlineData("Inference__ExecutionProviders", "TPU", "Inference__ExecutionProviders must be auto, CPU, CUDA or CUDA,CPU")]
    [InlineData("Inference__ExecutionProviders", "", "Inference__ExecutionProviders must be auto, CPU, CUDA or CUDA,CPU")]
    [InlineData("Inference__MaxBatchDelayMs", "NaN", "Inference__MaxBatchDelayMs must be 0 to 1000 milliseconds")]
    [InlineData("Inference__MaxBatchSize", "0", "Inference__MaxBatchSize must be 1 to 1024")]
    [InlineData("Inference__MaxBatchDelayMs", "-1", "Inference__MaxBatchDelayMs must be 0 to 1000 milliseconds")]
    [InlineData("Models__MemoryBudgetMB", "0", "Models__MemoryBudgetMB must be 1 to 1000000 megabytes")]
    [InlineData("Models__ReloadSeconds", "-1", "Models__ReloadSeconds must be 0 to 86400 seconds")]
    [InlineData("Models__Warm", "mnist,nope", "Models__Warm is 'nope'")]
    [InlineData("Async__ResultsContainer", "Results!", "Async__ResultsContainer must be a container name")]
    [InlineData("Async__ResultsContainer", "uploads", "Async__ResultsContainer must be a container name")]
    [InlineData("Logging__LogLevel__Default", "Foo", "Foo")]
    [InlineData("Models__Path", "/no/such/folder", "Models__Path is '/no/such/folder'")]
    [InlineData("Models__Default", "nope", "Models__Default is 'nope'")]
    [InlineData("AzureWebJobsStorage", "garbage", "AzureWebJobsStorage is not a storage connection string")]
    [InlineData("AzureWebJobsStorage", "BlobEndpoint=https://x.example/;SharedAccessSignature=sv=1", "AzureWebJobsStorage is not a storage connection string with a queue endpoint")]
    [InlineData("AzureWebJobsStorage__blobServiceUri", "https://x.example/", "AzureWebJobsStorage__queueServiceUri")]
    [InlineData("AzureWebJobsStorage__blobServiceUri", "foo", "AzureWebJobsStorage__blobServiceUri does not make an address")]
    [InlineData("AzureWebJobsStorage__accountName", "foo bar", "AzureWebJobsStorage__accountName does not make an address")]
    public async Task Start_InvalidSetting_StopsWithOneClearLine(string name, string value, string expected)
    {
        var settings = new Dictionary<string, string> { ["Models__Path"] = TestData.Folder, ["AzureWebJobsStorage"] = "", [name] = value };
        var (exitCode, output) = await AppProcess.RunToEndAsync(settings, "--port", "0");

        Assert.Equal(1, exitCode);
        var error = Assert.Single(output.Split('\n'), line => line.StartsWith("Cannot start: ", StringComparison.Ordinal));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private static async Task<bool> RefusesConnectionsAsync(Uri address)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    // Sends half, and the rest when told to.
    private sealed class PausedContent(byte[] bytes) : HttpContent
    {
        private readonly TaskCompletionSource _paused = new();
        private readonly TaskCompletionSource _continue = new();

        public Task Paused => _paused.Task;

        public void Continue() => _continue.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await stream.FlushAsync();
            _paused.SetResult();
            await _continue.Task;
            await stream.WriteAsync(bytes.AsMemory(bytes.Length / 2));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
