using System.Net;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>Upload to a real Azurite, result from the real app.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed class UploadTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly UploadContainer _uploads = new(azurite.Blobs());
    private AppProcess? _app;

    private AppProcess App => _app!;

    public async Task InitializeAsync()
        => _app = await AppProcess.StartAsync(new()
        {
            ["Models__Path"] = TestData.Folder,
            ["Models__Default"] = "squeezenet",
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
        });

    public async Task DisposeAsync() => await App.DisposeAsync();

    [Fact]
    public async Task Upload_GoldenPhoto_GivesItsResultAndTags()
    {
        var golden = GoldenPhoto.Named("kitten.png");
        var bytes = await File.ReadAllBytesAsync(golden.Path);
        var etag = await _uploads.UploadAsync("squeezenet/x.png", bytes);
        var result = await _uploads.ResultAsync("squeezenet/x.png", etag);

        Assert.Equal("succeeded", result.GetProperty("status").GetString());
        Assert.Equal("squeezenet", result.GetProperty("model").GetString());
        golden.AssertMatches(result);
        var source = result.GetProperty("source");
        Assert.Equal("squeezenet/x.png", source.GetProperty("name").GetString());
        Assert.Equal(bytes.Length, source.GetProperty("bytes").GetInt64());
        Assert.True(source.GetProperty("classified").GetDateTimeOffset() >= source.GetProperty("uploaded").GetDateTimeOffset());
        var tags = await _uploads.TagsAsync("squeezenet/x.png");
        Assert.Equal(("squeezenet", "tabby_ tabby cat", "succeeded"), (tags["model"], tags["label"], tags["status"]));
        Assert.InRange(double.Parse(tags["score"], System.Globalization.CultureInfo.InvariantCulture), 0.6, 0.7);
    }

    [Theory]
    [InlineData("squeezenet/2026/11/my photo (1) ü.jpg", "dog.jpg")]
    [InlineData("plain.jpg", "toaster.jpg")]
    [InlineData("/leading.jpg", "toaster.jpg")]
    [InlineData("squeezenet/trailing/", "toaster.jpg")]
    [InlineData("squeezenet/100%23 #1?.jpg", "toaster.jpg")]
    public async Task Upload_OddNameOrDefaultModel_GivesResultAtSamePath(string name, string photo)
    {
        var golden = GoldenPhoto.Named(photo);
        var etag = await _uploads.UploadAsync(name, await File.ReadAllBytesAsync(golden.Path));

        golden.AssertMatches(await _uploads.ResultAsync(name, etag));
    }

    [Theory]
    [InlineData("squeezenet/text.png", "hello", 415)]
    [InlineData("squeezenet/empty.png", "", 400)]
    [InlineData("nomodel/x.png", "hello", 404)]
    public async Task Upload_CanNeverSucceed_FailsAtOnceWithoutRetry(string name, string content, int status)
    {
        var etag = await _uploads.UploadAsync(name, System.Text.Encoding.UTF8.GetBytes(content));
        var result = await _uploads.ResultAsync(name, etag);

        Assert.Equal("failed", result.GetProperty("status").GetString());
        Assert.Equal(status, result.GetProperty("error").GetProperty("status").GetInt32());
        Assert.DoesNotContain("try 1", App.Output, StringComparison.Ordinal);
        Assert.Equal("failed", (await _uploads.TagsAsync(name))["status"]);
    }

    [Fact]
    public async Task Upload_TooManyBytes_Fails413()
    {
        var etag = await _uploads.UploadAsync("squeezenet/large.png", new byte[20_000_001]);

        Assert.Equal(413, (await _uploads.ResultAsync("squeezenet/large.png", etag)).GetProperty("error").GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Upload_Replaced_GivesResultOfTheNewVersion()
    {
        var first = await _uploads.UploadAsync("squeezenet/replaced.jpg", await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")));
        GoldenPhoto.Named("dog.jpg").AssertMatches(await _uploads.ResultAsync("squeezenet/replaced.jpg", first));
        var second = await _uploads.UploadAsync("squeezenet/replaced.jpg", await File.ReadAllBytesAsync(TestData.Photo("toaster.jpg")));

        GoldenPhoto.Named("toaster.jpg").AssertMatches(await _uploads.ResultAsync("squeezenet/replaced.jpg", second));
    }

    [Fact]
    public async Task Upload_TwentyAtOnce_EachHasItsOwnResult()
    {
        var photos = GoldenPhoto.All;
        var uploads = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            var golden = photos[i % photos.Count];
            var name = $"squeezenet/many/{i}.img";
            return (golden, name, etag: await _uploads.UploadAsync(name, await File.ReadAllBytesAsync(golden.Path)));
        }));

        foreach (var (golden, name, etag) in uploads)
            golden.AssertMatches(await _uploads.ResultAsync(name, etag, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Restart_AnsweredUpload_IsNotClassifiedAgain()
    {
        var etag = await _uploads.UploadAsync("squeezenet/once.jpg", await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")));
        await _uploads.ResultAsync("squeezenet/once.jpg", etag);
        Assert.Equal(0, await App.StopAsync());
        var resultETag = await _uploads.ResultETagAsync("squeezenet/once.jpg");

        await App.DisposeAsync();
        await InitializeAsync();
        // A later upload's result proves that the new process has looked through the container.
        var later = await _uploads.UploadAsync("squeezenet/later.jpg", await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")));
        await _uploads.ResultAsync("squeezenet/later.jpg", later);

        Assert.Equal(resultETag, await _uploads.ResultETagAsync("squeezenet/once.jpg"));
        Assert.DoesNotContain("squeezenet/once.jpg", App.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_WhileAppIsDown_IsClassifiedWhenItStarts()
    {
        await App.StopAsync();
        var etag = await _uploads.UploadAsync("squeezenet/patient.jpg", await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")));
        await App.DisposeAsync();
        await InitializeAsync();

        GoldenPhoto.Named("dog.jpg").AssertMatches(await _uploads.ResultAsync("squeezenet/patient.jpg", etag));
    }

    [Fact]
    public async Task Azurite_KilledAndBack_HttpGoesOnAndTriggersResume()
    {
        var dog = await File.ReadAllBytesAsync(TestData.Photo("dog.jpg"));
        var before = await _uploads.UploadAsync("squeezenet/before.jpg", dog);
        await _uploads.ResultAsync("squeezenet/before.jpg", before);

        await azurite.KillAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(App.Count("Storage cannot be reached") == 1), TimeSpan.FromSeconds(30), "Noticing the outage");
        using (var response = await App.Http.PostBytesAsync("api/classify/squeezenet", dog))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            GoldenPhoto.Named("dog.jpg").AssertMatches(await response.JsonAsync());
        }

        await azurite.StartAsync();
        var after = await _uploads.UploadAsync("squeezenet/after.jpg", dog);
        GoldenPhoto.Named("dog.jpg").AssertMatches(await _uploads.ResultAsync("squeezenet/after.jpg", after, TimeSpan.FromSeconds(30)));
        await Eventually.HoldsAsync(() => Task.FromResult(App.Count("Storage can be reached again") == 1), TimeSpan.FromSeconds(30), "Noticing the outage's end");
    }
}
