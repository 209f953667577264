using System.Net;
using System.Text;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Contract;

[Collection(nameof(ContractCollection))]
public sealed class JsonBodyTests(AppFixture app)
{
    private static readonly string Dog = Convert.ToBase64String(File.ReadAllBytes(TestData.Photo("dog.jpg")));

    [Theory]
    [InlineData("", "application/json")]
    [InlineData("data:image/jpeg;base64,", "application/json; charset=utf-8")]
    [InlineData("data:image/png;base64,", "application/vnd.example+json")]
    public async Task Classify_OneImage_AnswersLikeRawBytes(string prefix, string contentType)
    {
        using var response = await PostAsync($$"""{"other": {"image": 1}, "image": "{{prefix}}{{Dog}}"}""", contentType);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        GoldenPhoto.Named("dog.jpg").AssertMatches(await response.JsonAsync());
    }

    [Fact]
    public async Task Classify_EscapedSlashes_AreUnderstood()
    {
        using var response = await PostAsync($$"""{"image": "{{Dog.Replace("/", "\\/", StringComparison.Ordinal)}}"}""");

        GoldenPhoto.Named("dog.jpg").AssertMatches(await response.JsonAsync());
    }

    [Fact]
    public async Task Classify_ListOfOne_AnswersAsList()
    {
        using var response = await PostAsync($$"""{"images": ["{{Dog}}"]}""");

        GoldenPhoto.Named("dog.jpg").AssertMatches(Assert.Single((await response.JsonAsync()).GetProperty("results").EnumerateArray()));
    }

    [Fact]
    public async Task Classify_ListWithBadBase64_FailsThatOneAlone()
    {
        using var response = await PostAsync($$"""{"images": ["!!", "data:image/png,plain", "", "{{Dog}}"]}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var results = (await response.JsonAsync()).GetProperty("results").EnumerateArray().ToArray();
        Assert.All(results[..3], result => Assert.Equal(400, result.GetProperty("error").GetProperty("status").GetInt32()));
        GoldenPhoto.Named("dog.jpg").AssertMatches(results[3]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("""{"image": 1}""")]
    [InlineData("""{"image": null}""")]
    [InlineData("""{"images": "x"}""")]
    [InlineData("""{"images": []}""")]
    [InlineData("""{"image": "AAAA", "images": ["AAAA"]}""")]
    [InlineData("""{"image": "AAAA" """)]
    [InlineData("""{"image": "AAAA"} trailing""")]
    [InlineData("""{"image": "AAAA", "image": "AAAA"}""")]
    [InlineData("""{"image": "\ud800"}""")]
    [InlineData("""{"im\ud800age": "AAAA"}""")]
    public async Task Classify_OtherJson_IsRefused(string body)
    {
        using var response = await PostAsync(body);

        await response.AssertProblemAsync(HttpStatusCode.BadRequest, "invalid-request");
    }

    [Fact]
    public async Task Classify_ThirtyThreeImages_IsRefused()
    {
        using var response = await PostAsync($$"""{"images": [{{string.Join(',', Enumerable.Repeat("\"AAAA\"", 33))}}]}""");

        await response.AssertProblemAsync(HttpStatusCode.BadRequest, "too-many-images");
    }

    private Task<HttpResponseMessage> PostAsync(string json, string contentType = "application/json")
    {
        var content = new StringContent(json, Encoding.UTF8);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return app.Http.PostAsync(new Uri("api/classify/squeezenet", UriKind.Relative), content);
    }
}
