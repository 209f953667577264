using ClassifierFunctions.Configuration;
using ClassifierFunctions.EmbeddedHost.Hosting;
using ClassifierFunctions.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace ClassifierFunctions.Tests.Unit.EmbeddedHost;

public sealed class LocalSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AddTo_Values_AreSettingsBelowAllOthers()
    {
        _folder.Write("local.settings.json", """{"IsEncrypted": false, "Values": {"Models__Path": "from file", "Models__Default": "from file", "azurewebjobsstorage": "one", "AzureWebJobsStorage": "two"}}""");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Models:Default"] = "from environment" });
        LocalSettings.AddTo(configuration, _folder.Path);
        var settings = configuration.Build();

        Assert.Equal(("from file", "from environment"), (settings["Models:Path"], settings["Models:Default"]));
        Assert.Equal("two", settings["AzureWebJobsStorage"]);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"Values": 1}""")]
    public void AddTo_InvalidFile_StopsTheStart(string json)
    {
        _folder.Write("local.settings.json", json);
        Assert.Throws<StartupException>(() => LocalSettings.AddTo(new ConfigurationBuilder(), _folder.Path));
    }

    [Fact]
    public void Sample_IsOfTheKnownForm()
    {
        File.Copy(Path.Combine(Repository.Root, "local.settings.sample.json"), Path.Combine(_folder.Path, "local.settings.json"));
        var configuration = new ConfigurationBuilder();
        LocalSettings.AddTo(configuration, _folder.Path);

        Assert.Equal("dotnet-isolated", configuration.Build()["FUNCTIONS_WORKER_RUNTIME"]);
    }
}
