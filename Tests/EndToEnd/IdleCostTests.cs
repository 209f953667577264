using System.Diagnostics;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Tests.Unit.Imaging;
using Xunit.Abstractions;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>What the embedded host costs while nothing happens, with many uploads of the past in the container.</summary>
[Collection(nameof(AloneCollection))]
public sealed class IdleCostTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int OldBlobs = 20_000;
    private const double MostOfOneCore = 0.05;

    private static readonly TimeSpan MostLatency = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan MeasuredTime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly AzuriteFixture _azurite = new();

    public async Task InitializeAsync()
    {
        await _azurite.InitializeAsync();
        var started = Stopwatch.GetTimestamp();
        await new OldUploads(_azurite).WriteAsync(OldBlobs);
        output.WriteLine($"{OldBlobs} old uploads written in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
    }

    public Task DisposeAsync() => _azurite.DisposeAsync();

    [Fact]
    public async Task Idle_ManyOldUploads_CostsLittleAndANewOneIsClassifiedSoon()
    {
        var dog = await File.ReadAllBytesAsync(TestData.Photo("dog.jpg"));
        var uploads = new UploadContainer(_azurite.Blobs());
        await using var app = await AppProcess.StartAsync(new()
        {
            ["Models__Path"] = TestData.Folder,
            ["AzureWebJobsStorage"] = _azurite.ConnectionString,
        });
        // The first result: receipts are read, the model is loaded. What runs often is compiled once more, in the background.
        var started = Stopwatch.GetTimestamp();
        await uploads.ResultAsync("squeezenet/first.jpg", await uploads.UploadAsync("squeezenet/first.jpg", dog), Patience);
        output.WriteLine($"first result {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s after the start");
        await Task.Delay(SettlingTime);

        var processorTime = app.ProcessorTime;
        started = Stopwatch.GetTimestamp();
        // Five times as often as it comes by itself, the timer that compares all uploads with all results.
        using (await app.Http.PostAsync(new Uri("admin/functions/ReconcileUploads", UriKind.Relative), null))
            await Task.Delay(MeasuredTime);
        var load = (app.ProcessorTime - processorTime) / Stopwatch.GetElapsedTime(started);
        output.WriteLine($"idle, with a run of the timer: {load:0.0 %} of one core");

        foreach (var name in (string[])["squeezenet/new-1.jpg", "squeezenet/new-2.jpg", "squeezenet/new-3.jpg"])
        {
            var etag = await uploads.UploadAsync(name, dog);
            started = Stopwatch.GetTimestamp();
            await uploads.ResultAsync(name, etag, MostLatency);
            output.WriteLine($"{name}: result after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        }

        Assert.InRange(load, 0, MostOfOneCore);
        Assert.DoesNotContain("/photo.jpg", app.Output, StringComparison.Ordinal);
    }
}
