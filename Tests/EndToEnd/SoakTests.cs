using ClassifierFunctions.Tests.Load;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Tests.Unit.Imaging;
using Xunit.Abstractions;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>The app does not keep what a request needed. The long version is the benchmarks' command <c>soak</c>.</summary>
[Collection(nameof(AloneCollection))]
public sealed class SoakTests(ITestOutputHelper output)
{
    private const long Requests = 1500;
    private const long WarmUp = 500;

    // What a leak would add per request, at least: one tensor of 3 x 224 x 224, which is 301,056 bytes as float16 (squeezenet) and 602,112 as float32
    // (photo-quality); or the pixels of one photo, which are 320,000 bytes for the smaller half of a photo of 400 x 533. Over the 1000 requests after
    // warm-up that is 300 MB or more. Without a leak the heaps still settle, by 15 MB in that time.
    private const double MaxBytesPerRequest = 100_000;

    [Fact]
    public async Task Classify_ManyRequests_ResidentMemoryStays()
    {
        using var models = new TemporaryFolder();
        models.CopyModel(TestData.Squeezenet, "squeezenet");
        models.CopyModel(Path.Combine(Repository.Root, "models", "photo-quality"), "photo-quality");
        await using var app = await AppProcess.StartAsync(new() { ["Models__Path"] = models.Path, ["AzureWebJobsStorage"] = "" });

        var soak = await SoakLoad.RunAsync(app, Requests);

        Assert.Null(soak.Load.FirstProblem);
        Assert.Equal(Requests, soak.Load.Count(200));
        var (slope, error) = soak.Growth(WarmUp);
        output.WriteLine($"{slope:0} bytes per request, standard error {error:0}; {soak.Load.Elapsed.TotalSeconds:0} s");
        Assert.True(slope < MaxBytesPerRequest, $"Resident memory grows by {slope:0} bytes per request (standard error {error:0}).");
    }
}
