using ClassifierFunctions.Results;
using ClassifierFunctions.Uploads;
using Microsoft.Extensions.Configuration;

namespace ClassifierFunctions.Tests.Unit.Uploads;

public sealed class UploadUrlsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=real;AccountKey=a2V5;EndpointSuffix=core.windows.net")]
    [InlineData("BlobEndpoint=https://real.blob.core.windows.net/;SharedAccessSignature=sv=2024-11-04&sig=x")]
    [InlineData("BlobEndpoint=http://127.0.0.1:1/devstoreaccount1;AccountName=devstoreaccount1;SharedAccessSignature=sv=2024-11-04&sig=x")]
    public async Task CreateAsync_NoIdentityAndNoEmulator_SaysWhatToSet(string connectionString)
    {
        var storage = new StorageConnection(new ConfigurationBuilder().AddInMemoryCollection([new("AzureWebJobsStorage", connectionString)]).Build());
        var urls = new UploadUrls(storage, new(storage.CreateBlobServiceClient), TimeProvider.System);
        var failure = await Assert.ThrowsAsync<ClassifierException>(
            () => urls.CreateAsync(UploadTicket.Create("m", "cat.jpg", DateTimeOffset.UtcNow), CancellationToken.None));

        Assert.Equal(ClassifierError.UploadUrlsUnavailable, failure.Error);
        Assert.Contains("AzureWebJobsStorage__accountName", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a2V5", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UseDevelopmentStorage=true", true)]
    [InlineData("usedevelopmentstorage=True; ", true)]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=x;BlobEndpoint=http://azurite:10000/devstoreaccount1", true)]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=devstoreaccount12;AccountKey=x", false)]
    [InlineData("", false)]
    public void IsEmulator_ConnectionString_IsRecognised(string connectionString, bool isEmulator)
        => Assert.Equal(isEmulator, new StorageConnection(new ConfigurationBuilder().AddInMemoryCollection([new("AzureWebJobsStorage", connectionString)]).Build()).IsEmulator);
}
