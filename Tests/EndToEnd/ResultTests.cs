using System.Net;
using System.Text;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Uploads;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>What the real app says of uploads, with a real Azurite, and without one.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed class ResultTests(AzuriteFixture azurite, UploadUrlApp app) : IClassFixture<UploadUrlApp>
{
    [Fact]
    public async Task Get_Result_IsTheStoredDocument()
    {
        var upload = await app.Http.CreateUploadAsync("dog.jpg");
        using var put = await app.Http.PutBlobAsync(upload.UploadUrl, await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")));
        await app.Http.PollResultAsync(upload.ResultUrl);
        using var response = await app.Http.GetAsync(upload.ResultUrl);
        var stored = await azurite.Blobs().GetBlobContainerClient("results").GetBlobClient(UploadTicket.TryParse(upload.Id)!.BlobName + ".json").DownloadContentAsync();

        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(stored.Value.Content.ToArray(), await response.Content.ReadAsByteArrayAsync());
        using var head = await app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, upload.ResultUrl));
        Assert.Equal((HttpStatusCode.OK, stored.Value.Content.ToMemory().Length), (head.StatusCode, head.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task Get_FailedResult_Is200WithTheProblem()
    {
        var upload = await app.Http.CreateUploadAsync("text.jpg");
        using var put = await app.Http.PutBlobAsync(upload.UploadUrl, "hello"u8.ToArray());
        var result = await app.Http.PollResultAsync(upload.ResultUrl);

        Assert.Equal("failed", result.GetProperty("status").GetString());
        Assert.Equal("urn:classifier-functions:unsupported-image", result.GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Get_NeverUploadedAndExpired_Is404()
    {
        using var response = await GetAsync(UploadTicket.Create("squeezenet", "cat.jpg", DateTimeOffset.UtcNow).Id);

        await response.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-result");
    }

    [Fact]
    public async Task Get_UploadedAndExpired_IsTheResult()
    {
        var ticket = UploadTicket.Create("squeezenet", "cat.jpg", DateTimeOffset.UtcNow.AddMinutes(-1));
        await new UploadContainer(azurite.Blobs()).UploadAsync(ticket.BlobName, await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")));

        GoldenPhoto.Named("dog.jpg").AssertMatches(await app.Http.PollResultAsync(new Uri($"api/results/{ticket.Id}", UriKind.Relative)));
    }

    [Fact]
    public async Task Get_IdOfADirectUpload_Is404()
    {
        const string name = "squeezenet/private/dog.jpg";
        var uploads = new UploadContainer(azurite.Blobs());
        await uploads.ResultAsync(name, await uploads.UploadAsync(name, await File.ReadAllBytesAsync(TestData.Photo("dog.jpg"))));
        using var response = await GetAsync(System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(name)));

        await response.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-result");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("cat.jpg")]
    [InlineData("..%2f..%2fuploads")]
    [InlineData("%F0%9F%90%88")]
    public async Task Get_MalformedId_Is404(string id)
    {
        using var response = await GetAsync(id);

        await response.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-result");
    }

    [Theory]
    [InlineData("POST", "api/results/x", "GET, HEAD")]
    [InlineData("GET", "api/uploads", "POST")]
    public async Task AnyRoute_WrongMethod_Is405(string method, string path, string allowed)
    {
        using var response = await app.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)));

        await response.AssertProblemAsync(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
    }

    [Fact]
    public async Task StorageAway_Is503UntilItIsBack()
    {
        var upload = await app.Http.CreateUploadAsync("dog.jpg");
        await azurite.KillAsync();
        try
        {
            using var create = await app.Http.PostUploadAsync("""{"fileName": "dog.jpg"}""");
            using var get = await app.Http.GetAsync(upload.ResultUrl);
            await get.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "storage-unavailable");
            Assert.NotNull(get.Headers.RetryAfter);
            // The address of an upload is made without the storage, once the container is known to be there.
            Assert.Equal(HttpStatusCode.Created, create.StatusCode);
            Assert.Contains("Storage cannot be used:", app.App.Output, StringComparison.Ordinal);
        }
        finally
        {
            await azurite.StartAsync();
        }

        using var put = await app.Http.PutBlobAsync(upload.UploadUrl, await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")));
        GoldenPhoto.Named("dog.jpg").AssertMatches(await app.Http.PollResultAsync(upload.ResultUrl, TimeSpan.FromSeconds(60)));
    }

    private Task<HttpResponseMessage> GetAsync(string id) => app.Http.GetAsync(new Uri($"api/results/{id}", UriKind.Relative));
}
