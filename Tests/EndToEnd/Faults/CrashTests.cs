using System.Diagnostics;
using ClassifierFunctions.Tests.Support;
using Xunit.Abstractions;

namespace ClassifierFunctions.Tests.EndToEnd.Faults;

/// <summary>The app dies, or its storage goes away, while hundreds of uploads are in work: each gets its result all the same.</summary>
public sealed class CrashTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Uploads = 500;
    private const int Kills = 3;
    private const int Seed = 20261124;
    private const int MaxDelayMilliseconds = 400;

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);

    private readonly AzuriteFixture _azurite = new();

    public Task InitializeAsync() => _azurite.InitializeAsync();

    public Task DisposeAsync() => _azurite.DisposeAsync();

    [Fact]
    public async Task Upload_500PhotosAppKilledThreeTimes_EachHasItsOneRightResult()
    {
        var random = new Random(Seed);
        var burst = new UploadBurst(_azurite, Uploads);
        var apps = new List<AppProcess> { await StartAppAsync() };
        try
        {
            await burst.AskAsync(apps[0]);
            var started = Stopwatch.GetTimestamp();
            var uploading = burst.UploadAsync();
            var moments = new List<string>();
            for (var kill = 0; kill < Kills; kill++)
            {
                var enough = (kill * 120) + random.Next(100);
                await Eventually.HoldsAsync(async () => await burst.CountResultsAsync() > enough, UploadBurst.Timeout, $"Result {enough}");
                var delay = random.Next(MaxDelayMilliseconds);
                await Task.Delay(delay);
                await apps[^1].StopAsync("KILL");
                var results = await burst.CountResultsAsync();
                Assert.True(results < Uploads, "Nothing was in work any more when the app was killed.");
                moments.Add($"{results} results ({delay} ms after {enough})");
                apps.Add(await StartAppAsync());
            }

            await uploading;
            await burst.WaitAsync();
            var elapsed = Stopwatch.GetElapsedTime(started);
            await new TriggerQueues(_azurite).AssertAllHandledAsync(UploadBurst.Timeout);
            var right = await burst.AssertAllRightAsync();

            output.WriteLine($"Seed {Seed}: {Uploads} uploads, {right} results, {right} correct; killed {Kills} times, at {string.Join(", ", moments)}; "
                + $"{Summary(apps)}; {elapsed.TotalSeconds:0} s until the last result");
            Assert.Equal(0, await apps[^1].StopAsync());
        }
        finally
        {
            foreach (var app in apps)
                await app.DisposeAsync();
        }
    }

    [Fact]
    public async Task Upload_500PhotosStorageAwayForTenSeconds_EachHasItsOneRightResult()
    {
        var burst = new UploadBurst(_azurite, Uploads);
        await using var app = await StartAppAsync();
        await burst.AskAsync(app);
        var started = Stopwatch.GetTimestamp();
        await burst.UploadAsync();
        await Eventually.HoldsAsync(async () => await burst.CountResultsAsync() >= Uploads / 4, UploadBurst.Timeout, "A quarter of the results");
        var before = await burst.CountResultsAsync();
        Assert.InRange(before, 0, Uploads - 50);

        await _azurite.StopAsync();
        await Task.Delay(Outage);
        await _azurite.StartAsync();
        await burst.WaitAsync();
        var elapsed = Stopwatch.GetElapsedTime(started);
        await new TriggerQueues(_azurite).AssertAllHandledAsync(UploadBurst.Timeout);
        var right = await burst.AssertAllRightAsync();

        output.WriteLine($"{Uploads} uploads, {right} results, {right} correct; storage away for {Outage.TotalSeconds:0} s after {before} results; "
            + $"{Summary([app])}; {elapsed.TotalSeconds:0} s until the last result");
        Assert.Equal(1, app.Count("Storage cannot be reached"));
        Assert.Equal(1, app.Count("Storage can be reached again"));
        Assert.Equal(0, await app.StopAsync());
    }

    private static string Summary(List<AppProcess> apps)
        => $"logged: {UploadBurst.CountWritten(apps)} written, {apps.Sum(app => app.Count("has its result already"))} duplicates, "
            + $"{apps.Sum(app => app.Count("is left for another try"))} left for their lease's end, {apps.Sum(app => app.Count("given up"))} given up";

    private Task<AppProcess> StartAppAsync()
        => AppProcess.StartAsync(new()
        {
            ["Models__Path"] = TestData.Folder,
            ["Models__Default"] = "squeezenet",
            ["AzureWebJobsStorage"] = _azurite.ConnectionString,
        });
}
