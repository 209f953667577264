using System.Diagnostics;
using System.Net;
using ClassifierFunctions.Tests.Load;
using ClassifierFunctions.Tests.Support;
using Xunit.Abstractions;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>A caller over HTTP beside a pile of uploads.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed class BackpressureTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    private const int Uploads = 150;

    [Fact]
    public async Task Classify_BesideAPileOfUploads_IsNeverRefusedAndBothFinish()
    {
        // One waiting place: uploads in it would have callers refused.
        await using var app = await AppProcess.StartAsync(new()
        {
            ["Models__Path"] = TestData.Folder,
            ["Inference__MaxQueueLength"] = "1",
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
        });
        var dog = await File.ReadAllBytesAsync(TestData.Photo("dog.jpg"));
        var alone = new List<double>();
        for (var i = 0; i < 50; i++)
            alone.Add(await ClassifyAsync(app, dog));

        var uploads = new UploadContainer(azurite.Blobs());
        var folder = $"squeezenet/{Guid.NewGuid()}";
        var etags = new string[Uploads];
        await Parallel.ForAsync(0, Uploads, async (i, _) => etags[i] = await uploads.UploadAsync($"{folder}/{i}.jpg", dog));
        var last = uploads.ResultAsync($"{folder}/{Uploads - 1}.jpg", etags[^1], TimeSpan.FromMinutes(2));
        var beside = new List<double>();
        while (!last.IsCompleted)
            beside.Add(await ClassifyAsync(app, dog));

        for (var i = 0; i < Uploads; i++)
            GoldenPhoto.Named("dog.jpg").AssertMatches(await uploads.ResultAsync($"{folder}/{i}.jpg", etags[i], TimeSpan.FromMinutes(2)));
        output.WriteLine($"HTTP alone: {alone.Count} requests, median {Statistics.Median(alone):F1} ms; beside {Uploads} uploads: {beside.Count} requests, median {Statistics.Median(beside):F1} ms, {Statistics.Median(beside) / Statistics.Median(alone):F1} times");
    }

    private static async Task<double> ClassifyAsync(AppProcess app, byte[] image)
    {
        var started = Stopwatch.GetTimestamp();
        using var response = await app.Http.PostBytesAsync("api/classify/squeezenet", image);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}

