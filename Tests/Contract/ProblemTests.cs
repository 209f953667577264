using System.Net;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Contract;

/// <summary>Every kind of bad request gets its designed status and problem, and the next good request works.</summary>
[Collection(nameof(ContractCollection))]
public sealed class ProblemTests(AppFixture app) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        var golden = GoldenPhoto.Named("toaster.jpg");
        using var next = await app.Http.PostBytesAsync("api/classify/squeezenet", await File.ReadAllBytesAsync(golden.Path));
        golden.AssertMatches(await next.JsonAsync());
    }

    [Fact]
    public async Task Classify_ZeroBytes_Is400()
    {
        using var response = await app.Http.PostBytesAsync("api/classify/squeezenet", []);

        await response.AssertProblemAsync(HttpStatusCode.BadRequest, "empty-image");
    }

    [Fact]
    public async Task Classify_Text_Is415()
    {
        using var response = await app.Http.PostBytesAsync("api/classify/squeezenet", "hello"u8.ToArray());

        await response.AssertProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-image");
    }

    [Theory]
    [InlineData("dog.jpg", 10)]
    [InlineData("dog.jpg", 300)]
    [InlineData("dog.jpg", 30_000)]
    [InlineData("fish.png", 100_000)]
    public async Task Classify_TruncatedImage_Is422(string photo, int length)
    {
        var bytes = await File.ReadAllBytesAsync(TestData.Photo(photo));
        using var response = await app.Http.PostBytesAsync("api/classify/squeezenet", bytes[..length]);

        await response.AssertProblemAsync(HttpStatusCode.UnprocessableEntity, "undecodable-image");
    }

    [Theory]
    [InlineData("nope", "There is no model 'nope'.")]
    [InlineData("..%2fsqueezenet", "There is no model")]
    [InlineData("squeezenet?version=7", "no version '7'")]
    [InlineData("", "no default one")]
    [InlineData("?model=squeezenet", "no default one")]
    public async Task Classify_UnknownModel_Is404AndListsTheKnownOnes(string model, string reason)
    {
        using var response = await app.Http.PostBytesAsync($"api/classify/{model}", await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")));

        var problem = await response.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-model");
        Assert.Contains(reason, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(["mnist", "squeezenet"], problem.GetProperty("models").EnumerateArray().Select(name => name.GetString()));
    }

    [Theory]
    [InlineData("GET", "api/classify/squeezenet", "POST")]
    [InlineData("DELETE", "api/classify/squeezenet", "POST")]
    [InlineData("POST", "api/models", "GET, HEAD")]
    [InlineData("PUT", "api/models/mnist", "GET, HEAD")]
    [InlineData("POST", "api/health/live", "GET, HEAD")]
    public async Task AnyRoute_WrongMethod_Is405AndNamesTheRightOne(string method, string path, string allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        using var response = await app.Http.SendAsync(request);

        await response.AssertProblemAsync(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
    }

    [Theory]
    [InlineData(25_000_000, false)]
    [InlineData(25_000_000, true)]
    [InlineData(35_000_000, false)]
    [InlineData(60_000_000, true)]
    [InlineData(60_000_000, false)]
    public async Task Classify_TooManyBytes_Is413(int length, bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/classify/squeezenet", UriKind.Relative))
        {
            Content = new ByteArrayContent(new byte[length]),
        };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await app.Http.SendAsync(request);

        await response.AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-many-bytes");
    }

    [Theory]
    [InlineData("image/jpeg")]
    [InlineData("application/json")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Classify_MoreThanARequestMayHave_Is413(string contentType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/classify/squeezenet", UriKind.Relative))
        {
            Content = new ByteArrayContent(new byte[120_000_000]),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var response = await app.Http.SendAsync(request);

        await response.AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-many-bytes");
    }

    [Fact]
    public async Task Classify_TooManyPixelsByHeader_Is413()
    {
        var bomb = await File.ReadAllBytesAsync(TestData.Path("images-hostile", "files", "made__bomb-valid-12000x12000-8bit-grey.png"));
        using var response = await app.Http.PostBytesAsync("api/classify/squeezenet", bomb);

        await response.AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-many-pixels");
    }

    [Theory]
    [InlineData("top=0")]
    [InlineData("top=-1")]
    [InlineData("top=x")]
    [InlineData("threshold=2")]
    [InlineData("threshold=NaN")]
    public async Task Classify_BadQuery_Is400(string query)
    {
        using var response = await app.Http.PostBytesAsync($"api/classify/squeezenet?{query}", await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")));

        await response.AssertProblemAsync(HttpStatusCode.BadRequest, "invalid-request");
    }

    [Fact]
    public async Task UnknownRoute_IsAProblem()
    {
        using var response = await app.Http.GetAsync(new Uri("api/nothing", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Classify_EveryHostileFile_IsAResultOrAClientError()
    {
        var files = Directory.GetFiles(TestData.Path("images-hostile", "files"));
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            using var response = await app.Http.PostBytesAsync("api/classify/squeezenet", await File.ReadAllBytesAsync(file));
            Assert.True((int)response.StatusCode is 200 or 400 or 413 or 415 or 422, $"{Path.GetFileName(file)}: {response.StatusCode}");
        }
    }

    [Fact]
    public async Task Classify_ClientGoesAway_NextRequestWorks()
    {
        using var cancellation = new CancellationTokenSource();
        var content = new StallingContent(await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")), cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => app.Http.PostAsync(new Uri("api/classify/squeezenet", UriKind.Relative), content, cancellation.Token));
        Assert.DoesNotContain("ApiEndpoint", app.App.Output, StringComparison.Ordinal);
    }

    // Sends the first half of an image, then gives up.
    private sealed class StallingContent(byte[] bytes, CancellationTokenSource giveUp) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await stream.FlushAsync();
            await giveUp.CancelAsync();
            await Task.Delay(Timeout.Infinite, giveUp.Token);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
