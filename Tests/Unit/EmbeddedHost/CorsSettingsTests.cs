using ClassifierFunctions.Configuration;
using ClassifierFunctions.EmbeddedHost.Http;
using ClassifierFunctions.Tests.Support;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace ClassifierFunctions.Tests.Unit.EmbeddedHost;

public sealed class CorsSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("http://localhost", true)]
    [InlineData("http://localhost:5173", true)]
    [InlineData("https://127.0.0.1:8443", true)]
    [InlineData("http://[::1]:80", true)]
    [InlineData("http://localhost.example.org", false)]
    [InlineData("http://127.0.0.10", false)]
    [InlineData("https://example.org", false)]
    [InlineData("file://localhost", false)]
    [InlineData("null", false)]
    public void Apply_Nothing_AllowsPagesOfThisMachine(string origin, bool isAllowed) => Assert.Equal(isAllowed, Policy().IsOriginAllowed(origin));

    [Theory]
    [InlineData("https://example.org", "https://example.org")]
    [InlineData("https://Example.org:443/, http://localhost:3000", "https://example.org http://localhost:3000")]
    [InlineData("http://[::1]:3000,https://bücher.example", "http://[::1]:3000 https://xn--bcher-kva.example")]
    [InlineData("*", "*")]
    [InlineData("https://example.org,*", "*")]
    public void Read_Argument_GivesOriginsAsBrowsersSendThem(string argument, string origins)
        => Assert.Equal(origins.Split(' '), CorsSettings.Read(["--cors", argument], _folder.Path).Origins);

    [Theory]
    [InlineData("")]
    [InlineData("example.org")]
    [InlineData("ftp://example.org")]
    [InlineData("https://example.org/path")]
    [InlineData("https://user@example.org")]
    [InlineData("https://*.example.org")]
    [InlineData("https://example.org,,http://localhost")]
    public void Read_NoOrigin_StopsTheStart(string argument)
    {
        var failure = Assert.Throws<StartupException>(() => CorsSettings.Read(["--cors", argument], _folder.Path));
        Assert.Contains("--cors", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LocalSettings_AreTakenUnlessTheCommandLineSaysOtherwise()
    {
        _folder.Write("local.settings.json", """{"Values": {}, "Host": {"LocalHttpPort": 7071, "CORS": "https://a.example", "CORSCredentials": true}}""");

        var fromFile = CorsSettings.Read([], _folder.Path);
        Assert.Equal(["https://a.example"], fromFile.Origins);
        Assert.True(fromFile.AllowsCredentials);
        Assert.Equal(["https://b.example"], CorsSettings.Read(["--cors", "https://b.example"], _folder.Path).Origins);
    }

    [Theory]
    [InlineData("""{"Values": {}, "Host": {"CORS": "*", "CORSCredentials": true}}""")]
    [InlineData("""{"Values": {}, "Host": {"CORS": "nonsense"}}""")]
    [InlineData("""{"Values": {}, "Host": {"CORS": 1}}""")]
    [InlineData("""{"Values": {}, "Host": 1}""")]
    public void Read_InvalidLocalSettings_StopTheStart(string json)
    {
        _folder.Write("local.settings.json", json);
        Assert.Throws<StartupException>(() => CorsSettings.Read([], _folder.Path));
    }

    private CorsPolicy Policy(params string[] arguments)
    {
        var policy = new CorsPolicyBuilder();
        CorsSettings.Read(arguments, _folder.Path).Apply(policy);
        return policy.Build();
    }
}
