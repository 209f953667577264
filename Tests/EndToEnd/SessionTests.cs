using System.Net;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>A model is read once, however many ask.</summary>
public sealed class SessionTests
{
    [Fact]
    public async Task Classify_FiftyConcurrentFirstRequests_CreateOneSessionAndNeverReadAgain()
    {
        using var folder = new TemporaryFolder();
        var model = folder.CopyModel(TestData.Squeezenet, "squeezenet");
        await using var app = await AppProcess.StartAsync(new()
        {
            ["Models__Path"] = folder.Path,
            // A folder that is gone is a model that is gone; here it is not to be noticed.
            ["Models__ReloadSeconds"] = "0",
            ["AzureWebJobsStorage"] = "",
        });
        var golden = GoldenPhoto.Named("broccoli.jpg");
        var photo = await File.ReadAllBytesAsync(golden.Path);
        Assert.Equal(0, app.Count("Session created"));

        var responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => app.Http.PostBytesAsync("api/classify/squeezenet", photo)));
        foreach (var response in responses)
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            golden.AssertMatches(await response.JsonAsync());
            response.Dispose();
        }

        Assert.Equal(1, app.Count("Session created"));

        // Without its files the model can still answer: no request reads them again. The only model is the default one, too.
        Directory.Delete(model, recursive: true);
        using var second = await app.Http.PostBytesAsync("api/classify", photo);
        golden.AssertMatches(await second.JsonAsync());
        Assert.Equal(1, app.Count("Session created"));
    }
}
