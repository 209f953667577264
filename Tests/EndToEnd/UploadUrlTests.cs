using System.Net;
using System.Text;
using System.Web;
using ClassifierFunctions.Results;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Uploads;
using Microsoft.Extensions.Configuration;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>What an upload URL of the real app allows at a real Azurite, and what it does not.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed class UploadUrlTests(AzuriteFixture azurite, UploadUrlApp app) : IClassFixture<UploadUrlApp>
{
    [Fact]
    public async Task Upload_PutThenPoll_GivesTheResult()
    {
        var golden = GoldenPhoto.Named("kitten.png");
        var before = DateTimeOffset.UtcNow;
        using var created = await app.Http.PostUploadAsync("""{"fileName": "kitten.png", "model": "squeezenet"}""");
        var upload = CreatedUpload.From(await created.JsonAsync());

        Assert.Equal(upload.ResultUrl, created.Headers.Location);
        Assert.Equal("no-store", created.Headers.CacheControl?.ToString());
        Assert.Equal(new Uri(app.App.Address, $"api/results/{upload.Id}"), upload.ResultUrl);
        Assert.InRange(upload.ExpiresOn - before, TimeSpan.FromMinutes(6.9), TimeSpan.FromMinutes(7.5));
        Assert.Contains("/uploads/squeezenet/", upload.UploadUrl.AbsolutePath, StringComparison.Ordinal);

        using var pending = await app.Http.GetAsync(upload.ResultUrl);
        Assert.Equal(HttpStatusCode.Accepted, pending.StatusCode);
        Assert.Equal((TimeSpan.FromSeconds(1), "no-store"), (pending.Headers.RetryAfter?.Delta, pending.Headers.CacheControl?.ToString()));
        var body = await pending.JsonAsync();
        Assert.Equal((upload.Id, "pending", false), (body.GetProperty("id").GetString(), body.GetProperty("status").GetString(), body.GetProperty("uploaded").GetBoolean()));

        using var put = await app.Http.PutBlobAsync(upload.UploadUrl, await File.ReadAllBytesAsync(golden.Path));
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        golden.AssertMatches(await app.Http.PollResultAsync(upload.ResultUrl));
        Assert.DoesNotContain("sig=", app.App.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two  words (1).jpg")]
    [InlineData("grün 猫 🐈.jpg")]
    [InlineData("100%25 #1?x=1&y+z;'quoted' \"twice\" ~!$,@=:[]{}|^`<>*.jpg")]
    [InlineData("%2e%2e%2fup")]
    [InlineData(".hidden")]
    public async Task Upload_OddFileName_GivesTheResultUnderThatName(string fileName)
    {
        var upload = await app.Http.CreateUploadAsync(fileName);
        using var put = await app.Http.PutBlobAsync(upload.UploadUrl, await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")));
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);

        var result = await app.Http.PollResultAsync(upload.ResultUrl);
        GoldenPhoto.Named("dog.jpg").AssertMatches(result);
        // The default model is part of the name.
        var name = result.GetProperty("source").GetProperty("name").GetString()!.Split('/');
        Assert.Equal(("squeezenet", fileName), (name[0], name[^1]));
    }

    [Fact]
    public async Task Put_SecondTime_IsRefusedAndTheFirstStays()
    {
        var upload = await app.Http.CreateUploadAsync("dog.jpg");
        using var first = await app.Http.PutBlobAsync(upload.UploadUrl, await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")));
        using var second = await app.Http.PutBlobAsync(upload.UploadUrl, await File.ReadAllBytesAsync(TestData.Photo("toaster.jpg")));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Forbidden), (first.StatusCode, second.StatusCode));
        GoldenPhoto.Named("dog.jpg").AssertMatches(await app.Http.PollResultAsync(upload.ResultUrl));
    }

    [Theory]
    [InlineData("GET", "", "")]
    [InlineData("HEAD", "", "")]
    [InlineData("DELETE", "", "")]
    [InlineData("PUT", "", "comp=metadata")]
    [InlineData("PUT", "", "comp=tags")]
    [InlineData("PUT", "x", "")]
    [InlineData("PUT", "../other.jpg", "")]
    [InlineData("GET", "..", "restype=container&comp=list")]
    [InlineData("GET", "../..", "restype=container&comp=list")]
    [InlineData("PUT", "../../../results/x.json", "")]
    public async Task UploadUrl_AnythingElse_IsRefused(string method, string pathChange, string query)
    {
        var upload = await app.Http.CreateUploadAsync("dog.jpg");
        using var put = await app.Http.PutBlobAsync(upload.UploadUrl, await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")));
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        var path = upload.UploadUrl.GetLeftPart(UriPartial.Path);
        var other = pathChange.StartsWith("..", StringComparison.Ordinal) ? new Uri(new Uri(path), pathChange).AbsoluteUri.TrimEnd('/') : path + pathChange;
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"{other}{upload.UploadUrl.Query}&{query}"));
        request.Headers.Add("x-ms-blob-type", "BlockBlob");
        request.Content = method == "PUT" ? new ByteArrayContent([1, 2, 3]) : null;
        using var response = await app.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task UploadUrl_Query_AllowsCreationOfOneBlobAndNothingElse()
    {
        var query = HttpUtility.ParseQueryString((await app.Http.CreateUploadAsync("dog.jpg")).UploadUrl.Query);

        // Permissions, resource, protocol; no start, which a slow clock would not have reached.
        Assert.Equal(("c", "b", "https,http", null), (query["sp"], query["sr"], query["spr"], query["st"]));
    }

    [Fact]
    public async Task Put_Expired_IsRefused()
    {
        var storage = new StorageConnection(new ConfigurationBuilder().AddInMemoryCollection([new("AzureWebJobsStorage", azurite.ConnectionString)]).Build());
        var ticket = UploadTicket.Create("squeezenet", "late.jpg", DateTimeOffset.UtcNow.AddSeconds(-5));
        var url = await new UploadUrls(storage, new(storage.CreateBlobServiceClient), TimeProvider.System).CreateAsync(ticket, CancellationToken.None);
        using var put = await app.Http.PutBlobAsync(url, [1, 2, 3]);

        Assert.Equal(HttpStatusCode.Forbidden, put.StatusCode);
    }

    [Theory]
    [InlineData("", "not JSON of the expected form")]
    [InlineData("null", "The body is null")]
    [InlineData("[]", "not JSON of the expected form")]
    [InlineData("{", "not JSON of the expected form")]
    [InlineData("{}", "no fileName")]
    [InlineData("""{"fileName": ""}""", "no fileName")]
    [InlineData("""{"fileName": 5}""", "not JSON of the expected form")]
    [InlineData("""{"fileName": "a.jpg", "model": 5}""", "not JSON of the expected form")]
    [InlineData("""{"fileName": "\ud800.jpg"}""", "not JSON of the expected form")]
    [InlineData("""{"fileName": "a/b.jpg"}""", "no / or \\")]
    [InlineData("""{"fileName": "..\\b.jpg"}""", "no / or \\")]
    [InlineData("""{"fileName": ".."}""", "no dot at the end")]
    [InlineData("""{"fileName": "a\u0000.jpg"}""", "no control characters")]
    public async Task Create_BadBody_Is400ThatSaysWhy(string json, string reason)
    {
        using var response = await app.Http.PostUploadAsync(json);

        var problem = await response.AssertProblemAsync(HttpStatusCode.BadRequest, "invalid-request");
        Assert.Contains(reason, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_NotUtf8_Is400()
    {
        using var response = await app.Http.PostBytesAsync("api/uploads", Encoding.Latin1.GetBytes("""{"fileName": "grün.jpg"}"""));

        await response.AssertProblemAsync(HttpStatusCode.BadRequest, "invalid-request");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Create_LargeBody_Is413(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/uploads", UriKind.Relative)) { Content = new ByteArrayContent(new byte[16_385]) };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await app.Http.SendAsync(request);

        await response.AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-many-bytes");
    }

    [Fact]
    public async Task Create_UnknownModel_Is404AndListsTheKnownOnes()
    {
        using var response = await app.Http.PostUploadAsync("""{"fileName": "a.jpg", "model": "nope"}""");

        var problem = await response.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-model");
        Assert.Equal(["mnist", "squeezenet"], problem.GetProperty("models").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task Create_BehindATlsProxy_GivesTheAddressThatTheCallerSees()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/uploads", UriKind.Relative)) { Content = new StringContent("""{"fileName": "a.jpg"}""") };
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "images.example");
        using var response = await app.Http.SendAsync(request);
        var upload = CreatedUpload.From(await response.JsonAsync());

        Assert.Equal($"https://images.example/api/results/{upload.Id}", upload.ResultUrl.AbsoluteUri);
    }
}
