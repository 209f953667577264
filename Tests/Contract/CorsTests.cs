using System.Net;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Contract;

/// <summary>What web pages may ask the app.</summary>
[Collection(nameof(ContractCollection))]
public sealed class CorsTests(AppFixture app)
{
    private Uri Models => new(app.App.Address, "api/models");

    private Uri Uploads => new(app.App.Address, "api/uploads");

    [Theory]
    [InlineData("http://localhost:5173", true)]
    [InlineData("https://127.0.0.1", true)]
    [InlineData("https://example.org", false)]
    [InlineData("null", false)]
    public async Task Request_Default_IsForPagesOfThisMachine(string origin, bool isAllowed)
    {
        using var response = await app.Http.SendAsync(CorsRequests.From(origin, HttpMethod.Get, Models));
        using var preflight = await app.Http.SendAsync(CorsRequests.Preflight(origin, "POST", "content-type", Uploads));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NoContent), (response.StatusCode, preflight.StatusCode));
        var expected = isAllowed ? origin : null;
        Assert.Equal((expected, expected), (response.AllowedOrigin(), preflight.AllowedOrigin()));
        Assert.Equal(isAllowed ? "Location,Retry-After,Server-Timing" : null, response.SingleHeader("Access-Control-Expose-Headers"));
    }

    [Fact]
    public async Task Preflight_IsAnsweredBeforeTheFunction()
    {
        using var preflight = await app.Http.SendAsync(CorsRequests.Preflight("http://localhost:5173", "POST", "content-type", Uploads));
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal(("POST", "content-type"), (preflight.SingleHeader("Access-Control-Allow-Methods"), preflight.SingleHeader("Access-Control-Allow-Headers")));

        // OPTIONS alone is no preflight.
        using var options = await app.Http.SendAsync(CorsRequests.From("http://localhost:5173", HttpMethod.Options, Uploads));
        await options.AssertProblemAsync(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        Assert.Equal("http://localhost:5173", options.AllowedOrigin());
    }

    [Fact]
    public async Task Problem_OfAnyRoute_IsReadableByPages()
    {
        using var response = await app.Http.SendAsync(CorsRequests.From("http://localhost:5173", HttpMethod.Get, new Uri(app.App.Address, "api/nothing")));

        Assert.Equal((HttpStatusCode.NotFound, "http://localhost:5173"), (response.StatusCode, response.AllowedOrigin()));
    }

    [Fact]
    public async Task Start_CorsIsNoOrigin_StopsWithOneClearLine()
    {
        var (exitCode, output) = await AppProcess.RunToEndAsync(new() { ["AzureWebJobsStorage"] = "" }, "--port", "0", "--cors", "example.org");

        Assert.Equal(1, exitCode);
        Assert.Contains("Cannot start: --cors has the origin 'example.org': give origins such as", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}
