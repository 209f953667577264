using ClassifierFunctions.Configuration;
using ClassifierFunctions.ModelTool.Upload;
using Microsoft.Extensions.Configuration;

namespace ClassifierFunctions.Tests.Unit.ModelTool.Upload;

public sealed class StorageOptionTests
{
    [Theory]
    [InlineData("myaccount", "https://myaccount.blob.core.windows.net/")]
    [InlineData("https://store.example/", "https://store.example/")]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10000/devstoreaccount1")]
    [InlineData(null, "http://127.0.0.1:10000/devstoreaccount1")]
    public void Connection_EachForm_IsThatAccount(string? value, string address) => Assert.Equal(address, Address(value));

    [Theory]
    [InlineData("AzureWebJobsStorage:accountName", "other", "https://other.blob.core.windows.net/")]
    [InlineData("AzureWebJobsStorage:blobServiceUri", "https://store.example/", "https://store.example/")]
    [InlineData("AzureWebJobsStorage", "BlobEndpoint=https://x.example/;SharedAccessSignature=sv=1&sig=abc", "https://x.example/")]
    public void Connection_AppsSettings_AreTheDefaultAndGiveWay(string setting, string value, string address)
    {
        Assert.StartsWith(address, Address(null, (setting, value)), StringComparison.Ordinal);
        Assert.Equal("https://myaccount.blob.core.windows.net/", Address("myaccount", (setting, value)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("My_Account")]
    [InlineData("http://store.example/secret")]
    [InlineData("https://store.example/?sv=1&sig=secret")]
    [InlineData("AccountName=a;AccountKey=secret")]
    public void Connection_AnythingElse_IsOneLineWithoutTheValue(string value)
    {
        var message = Assert.Throws<StartupException>(() => Address(value)).Message;

        Assert.StartsWith("--storage is ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    private static string Address(string? value, params (string Name, string Value)[] settings)
    {
        var environment = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, string? (setting) => setting.Value)).Build();
        return StorageOption.Connection(value, environment).CreateBlobServiceClient().Uri.ToString();
    }
}
