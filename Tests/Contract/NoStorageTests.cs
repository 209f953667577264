using System.Net;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Uploads;

namespace ClassifierFunctions.Tests.Contract;

/// <summary>An app without a storage account says so where it matters; all else works.</summary>
[Collection(nameof(ContractCollection))]
public sealed class NoStorageTests(AppFixture app)
{
    [Fact]
    public async Task CreateUpload_Is501AndSaysWhatToSet()
    {
        using var response = await app.Http.PostUploadAsync("""{"fileName": "cat.jpg", "model": "mnist"}""");

        var problem = await response.AssertProblemAsync(HttpStatusCode.NotImplemented, "upload-urls-unavailable");
        Assert.Contains("AzureWebJobsStorage", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResult_Is404()
    {
        var id = UploadTicket.Create("mnist", "cat.jpg", DateTimeOffset.UtcNow.AddMinutes(5)).Id;
        using var response = await app.Http.GetAsync(new Uri($"api/results/{id}", UriKind.Relative));

        await response.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-result");
    }
}
