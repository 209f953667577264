using System.Net;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Contract;

[Collection(nameof(ContractCollection))]
public sealed class MultipartTests(AppFixture app)
{
    private static readonly Uri Squeezenet = new("api/classify/squeezenet?top=5", UriKind.Relative);

    [Fact]
    public async Task Classify_OneFile_AnswersLikeRawBytes()
    {
        using var form = Form(("dog.jpg", await File.ReadAllBytesAsync(TestData.Photo("dog.jpg"))));
        using var response = await app.Http.PostAsync(Squeezenet, form);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        GoldenPhoto.Named("dog.jpg").AssertMatches(await response.JsonAsync());
    }

    [Fact]
    public async Task Classify_SeveralFilesOneBroken_KeepsOrderAndFailsThatOneAlone()
    {
        var dog = await File.ReadAllBytesAsync(TestData.Photo("dog.jpg"));
        using var form = Form(("a.jpg", dog), ("cut.jpg", dog[..30_000]), ("text.jpg", "hello"u8.ToArray()), ("b.png", await File.ReadAllBytesAsync(TestData.Photo("fish.png"))));
        form.Add(new StringContent("not a file"), "comment");
        using var response = await app.Http.PostAsync(Squeezenet, form);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var results = (await response.JsonAsync()).GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal(["a.jpg", "cut.jpg", "text.jpg", "b.png"], results.Select(result => result.GetProperty("fileName").GetString()));
        GoldenPhoto.Named("dog.jpg").AssertMatches(results[0]);
        Assert.Equal(422, results[1].GetProperty("error").GetProperty("status").GetInt32());
        Assert.Equal(415, results[2].GetProperty("error").GetProperty("status").GetInt32());
        GoldenPhoto.Named("fish.png").AssertMatches(results[3]);
        Assert.All(results, result => Assert.NotEqual(result.TryGetProperty("error", out _), result.TryGetProperty("predictions", out _)));
    }

    [Fact]
    public async Task Classify_OneFileTooLarge_OthersSucceed()
    {
        using var form = Form(("large.jpg", new byte[20_000_001]), ("dog.jpg", await File.ReadAllBytesAsync(TestData.Photo("dog.jpg"))));
        using var response = await app.Http.PostAsync(Squeezenet, form);

        var results = (await response.JsonAsync()).GetProperty("results");
        Assert.Equal(413, results[0].GetProperty("error").GetProperty("status").GetInt32());
        GoldenPhoto.Named("dog.jpg").AssertMatches(results[1]);
    }

    [Fact]
    public async Task Classify_NoFileSucceeds_IsAProblemWithEachReason()
    {
        using var form = Form(("a.txt", "hello"u8.ToArray()), ("b.jpg", []));
        using var response = await app.Http.PostAsync(Squeezenet, form);

        var problem = await response.AssertProblemAsync(HttpStatusCode.UnprocessableEntity, "undecodable-image");
        Assert.Equal([415, 400], problem.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("error").GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task Classify_ThirtyThreeFiles_IsRefused()
    {
        using var form = Form([.. Enumerable.Range(0, 33).Select(i => ($"{i}.jpg", new byte[] { 1 }))]);
        using var response = await app.Http.PostAsync(Squeezenet, form);

        await response.AssertProblemAsync(HttpStatusCode.BadRequest, "too-many-images");
    }

    [Fact]
    public async Task Classify_FilesTooLargeTogether_Is413()
    {
        using var form = Form([.. Enumerable.Range(0, 6).Select(i => ($"{i}.jpg", new byte[19_000_000]))]);
        using var request = new HttpRequestMessage(HttpMethod.Post, Squeezenet) { Content = form };
        request.Headers.TransferEncodingChunked = true;
        using var response = await app.Http.SendAsync(request);

        await response.AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-many-bytes");
    }

    [Fact]
    public async Task Classify_FormWithoutFile_IsRefused()
    {
        using var form = new MultipartFormDataContent { { new StringContent("hello"), "comment" } };
        using var response = await app.Http.PostAsync(Squeezenet, form);

        await response.AssertProblemAsync(HttpStatusCode.BadRequest, "invalid-request");
    }

    [Theory]
    [InlineData("multipart/form-data", "x")]
    [InlineData("multipart/form-data; boundary=abc", "not multipart at all")]
    [InlineData("multipart/form-data; boundary=abc", "--abc\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\nno end")]
    public async Task Classify_BrokenMultipart_IsRefused(string contentType, string body)
    {
        using var content = new StringContent(body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var response = await app.Http.PostAsync(Squeezenet, content);

        await response.AssertProblemAsync(HttpStatusCode.BadRequest, "invalid-request");
    }

    private static MultipartFormDataContent Form(params (string Name, byte[] Bytes)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, bytes) in files)
            form.Add(new ByteArrayContent(bytes), "image", name);
        return form;
    }
}
