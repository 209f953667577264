using ClassifierFunctions.Configuration;
using ClassifierFunctions.EmbeddedHost.Hosting;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.EmbeddedHost;

public sealed class HostJsonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_RepositorysFile_HasNoRoutePrefixAndFiveTries()
    {
        var hostJson = HostJson.Read(Repository.Root);

        Assert.Equal(("", 5, 5, TimeSpan.FromSeconds(2)), (hostJson.RoutePrefix, hostJson.BlobTries, hostJson.QueueTries, hostJson.RetryDelay));
    }

    [Fact]
    public void Read_NearlyEmptyFile_HasTheDefaultsOfFunctions()
    {
        _folder.Write("host.json", """{"version": "2.0"}""");
        var hostJson = HostJson.Read(_folder.Path);

        Assert.Equal(("api", 5, 5, 16), (hostJson.RoutePrefix, hostJson.BlobTries, hostJson.QueueTries, hostJson.QueueParallelism));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"extensions": {"queues": {"maxDequeueCount": "many"}}}""")]
    [InlineData("""{"extensions": {"queues": {"maxPollingInterval": "-00:00:02"}}}""")]
    [InlineData("""{"extensions": {"queues": {"visibilityTimeout": "8.00:00:00"}}}""")]
    [InlineData("""{"extensions": {"http": {"routePrefix": "{x"}}}""")]
    public void Read_InvalidFile_StopsTheStart(string json)
    {
        _folder.Write("host.json", json);
        Assert.Throws<StartupException>(() => HostJson.Read(_folder.Path));
    }

    [Fact]
    public void Read_NoFile_StopsTheStart() => Assert.Throws<StartupException>(() => HostJson.Read(_folder.Path));
}
