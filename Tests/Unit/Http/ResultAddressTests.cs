using ClassifierFunctions.Http;
using ClassifierFunctions.Results;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace ClassifierFunctions.Tests.Unit.Http;

public sealed class ResultAddressTests
{
    [Theory]
    [InlineData("localhost:7071", "/api/uploads", "http://localhost:7071/api/results/ID")]
    [InlineData("[::1]:7071", "/API/Uploads/", "http://[::1]:7071/API/results/ID")]
    [InlineData("localhost", "/v1/two words/api/uploads", "http://localhost/v1/two%20words/api/results/ID")]
    [InlineData("localhost", "/uploads", "http://localhost/results/ID")]
    public void From_DirectRequest_IsBesideItsOwnPath(string host, string path, string expected) => Assert.Equal(expected, From(host, path));

    // What the worker behind the Functions host is left with: with UseForwardedHeaders (host from X-Forwarded-Host), without, and behind two proxies.
    [Theory]
    [InlineData("app.azurewebsites.net", "https", null, "https://app.azurewebsites.net/api/results/ID")]
    [InlineData("127.0.0.1:40001", "https", "app.azurewebsites.net", "https://app.azurewebsites.net/api/results/ID")]
    [InlineData("127.0.0.1:40001", "https, http", "shop.example:8443, app.azurewebsites.net", "https://shop.example:8443/api/results/ID")]
    [InlineData("localhost:7071", "http", "localhost:7071", "http://localhost:7071/api/results/ID")]
    [InlineData("localhost:7071", "HTTPS", "", "https://localhost:7071/api/results/ID")]
    public void From_ForwardedRequest_IsAsTheCallerSeesIt(string host, string proto, string? forwardedHost, string expected)
        => Assert.Equal(expected, From(host, "/api/uploads", proto, forwardedHost));

    [Theory]
    [InlineData("javascript", null)]
    [InlineData("ftp", "evil.example/path")]
    [InlineData("http:", "user@evil.example")]
    [InlineData("http\r\nX: y", "evil.example\r\nX: y")]
    [InlineData("", "evil.example:99999")]
    [InlineData("http", "evil.example:")]
    [InlineData("http", "[::1")]
    [InlineData("http", "[1.2.3]")]
    [InlineData("http", "?")]
    public void From_MalformedForwardedValues_AreIgnored(string proto, string? forwardedHost)
        => Assert.Equal("http://localhost:7071/api/results/ID", From("localhost:7071", "/api/uploads", proto, forwardedHost));

    [Theory]
    [InlineData("classifier.orangesea-1.westeurope.azurecontainerapps.io", "https")]
    [InlineData("localhost:7071", "http")]
    [InlineData("", "http")]
    public void From_HostThatSawHttp_IsHttpsInAzure(string azureHostName, string scheme)
        => Assert.Equal($"{scheme}://shop.example/api/results/ID", Address(azureHostName).From(Request("shop.example", "/api/uploads"), "ID"));

    [Fact]
    public void From_PathBase_IsKept()
    {
        var request = Request("localhost", "/api/uploads");
        request.PathBase = "/gateway";

        Assert.Equal("http://localhost/gateway/api/results/ID", Address().From(request, "ID"));
    }

    [Fact]
    public void From_NoHost_IsARequestThatIsNotValid()
    {
        var request = Request("", "/api/uploads");

        Assert.Equal(ClassifierError.InvalidRequest, Assert.Throws<ClassifierException>(() => Address().From(request, "ID")).Error);
    }

    private static string From(string host, string path, string? proto = null, string? forwardedHost = null)
    {
        var request = Request(host, path);
        request.Headers["X-Forwarded-Proto"] = proto;
        request.Headers["X-Forwarded-Host"] = forwardedHost;
        return Address().From(request, "ID");
    }

    private static ResultAddress Address(string? azureHostName = null)
        => new(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["WEBSITE_HOSTNAME"] = azureHostName }).Build());

    private static HttpRequest Request(string host, string path)
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host, request.Path) = ("http", new HostString(host), path);
        return request;
    }
}
