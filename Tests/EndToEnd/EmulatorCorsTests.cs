using System.Net;
using Azure.Storage.Blobs.Models;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>What web pages may upload to the emulator; each test has a new one, which has no rules yet.</summary>
public sealed class EmulatorCorsTests : IAsyncLifetime
{
    private readonly AzuriteFixture _azurite = new();

    public Task InitializeAsync() => _azurite.InitializeAsync();

    public Task DisposeAsync() => _azurite.DisposeAsync();

    [Fact]
    public async Task Default_PagesOfThisMachine_MayUpload()
    {
        await using var app = await StartAsync();
        await RulesAsync();
        foreach (var origin in new[] { "http://localhost:5173", "http://localhost", "https://127.0.0.1:8443", "http://127.0.0.1", "http://[::1]:3000", "https://[::1]" })
        {
            var upload = await app.Http.CreateUploadAsync("dog.jpg");
            using var preflight = await app.Http.SendAsync(CorsRequests.Preflight(origin, "PUT", "x-ms-blob-type,content-type", upload.UploadUrl));
            Assert.Equal((HttpStatusCode.OK, origin), (preflight.StatusCode, preflight.AllowedOrigin()));
            using var put = CorsRequests.From(origin, HttpMethod.Put, upload.UploadUrl);
            put.Headers.Add("x-ms-blob-type", "BlockBlob");
            put.Content = new ByteArrayContent([1]);
            using var uploaded = await app.Http.SendAsync(put);
            Assert.Equal((HttpStatusCode.Created, origin), (uploaded.StatusCode, uploaded.AllowedOrigin()));
        }

        foreach (var origin in new[] { "https://example.org", "http://localhost.example.org", "http://127.0.0.1.example.org:80", "null" })
            Assert.Null(await AllowedOriginAsync(app, origin));
    }

    [Fact]
    public async Task Argument_NamedOrigins_AreTheOnlyOnes()
    {
        await using var app = await StartAsync("--cors", "https://example.org,http://localhost:3000");
        await RulesAsync();

        Assert.Equal("https://example.org", await AllowedOriginAsync(app, "https://example.org"));
        Assert.Equal("http://localhost:3000", await AllowedOriginAsync(app, "http://localhost:3000"));
        Assert.Null(await AllowedOriginAsync(app, "http://localhost:3001"));
    }

    [Fact]
    public async Task Start_RulesAreThere_KeepsThem()
    {
        var own = new BlobCorsRule { AllowedOrigins = "https://own.example", AllowedMethods = "PUT", AllowedHeaders = "", ExposedHeaders = "", MaxAgeInSeconds = 1 };
        BlobServiceProperties properties = await _azurite.Blobs().GetPropertiesAsync();
        properties.Cors = [own];
        await _azurite.Blobs().SetPropertiesAsync(properties);
        await using var app = await StartAsync();
        // By the time of a result, the app has looked at the rules.
        var uploads = new UploadContainer(_azurite.Blobs());
        await uploads.ResultAsync("squeezenet/x.txt", await uploads.UploadAsync("squeezenet/x.txt", [1]));

        Assert.Equal("https://own.example", Assert.Single(await RulesAsync()).AllowedOrigins);
    }

    [Fact]
    public async Task Start_EmulatorAway_GetsItsRulesOnceItIsThere()
    {
        await _azurite.KillAsync();
        await using var app = await StartAsync();
        await _azurite.StartAsync();

        Assert.Equal(4, (await RulesAsync()).Count);
    }

    private async Task<string?> AllowedOriginAsync(AppProcess app, string origin)
    {
        var blob = _azurite.Blobs().GetBlobContainerClient("uploads").GetBlobClient("squeezenet/x.jpg");
        using var preflight = await app.Http.SendAsync(CorsRequests.Preflight(origin, "PUT", "x-ms-blob-type", blob.Uri));
        return preflight.AllowedOrigin();
    }

    private Task<AppProcess> StartAsync(params string[] arguments) => AppProcess.StartAsync(
        new() { ["Models__Path"] = TestData.Folder, ["Models__Default"] = "squeezenet", ["AzureWebJobsStorage"] = _azurite.ConnectionString }, null, arguments);

    private Task<IList<BlobCorsRule>> RulesAsync() => Eventually.GetAsync(
        async () => (await _azurite.Blobs().GetPropertiesAsync()).Value.Cors is { Count: > 0 } rules ? rules : null, TimeSpan.FromSeconds(30), "Setting the rules");
}
