using ClassifierFunctions.Tests.Load;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Tests.Unit.Imaging;
using Xunit.Abstractions;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>Ten times more requests than the app can answer.</summary>
[Collection(nameof(AloneCollection))]
public sealed class OverloadTests(ITestOutputHelper output)
{
    private const int MaxQueueLength = 16;
    private const int Connections = 96;

    // A few images in work, and the bodies of as many requests as there are connections. Each of the refused ones kept would be 20 KB, and there are thousands.
    private const long MaxMemoryGrowth = 64 << 20;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Overload = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task Classify_TenTimesTheCapacity_RefusesTheRestAndRecovers()
    {
        await using var app = await AppProcess.StartAsync(new()
        {
            ["Models__Path"] = TestData.Folder,
            ["AzureWebJobsStorage"] = "",
            ["Inference__MaxQueueLength"] = $"{MaxQueueLength}",
        });

        var run = await OverloadLoad.RunAsync(app, Connections, WarmUp, Calm, Overload);

        var load = run.Overload;
        var (accepted, refused) = (load.Count(200), load.Count(503));
        var ratio = load.Latency(0.99) / run.Unloaded.Latency(0.99);
        output.WriteLine($"offered {run.Offered:0} 1/s, sent {load.Samples.Count / load.Elapsed.TotalSeconds:0} 1/s; {accepted} accepted, {refused} refused; "
            + $"accepted p99 / unloaded p99 {ratio:0.0}; accepted / capacity {load.Throughput / run.Capacity.Throughput:0.00}; "
            + $"memory +{(run.MemoryPeak - run.MemoryBefore) / 1e6:0} MB; recovery {run.Recovery.TotalMilliseconds:0} ms");
        // A refusal that does not say when to try again, or of what type it is, is wrong too.
        Assert.Null(load.FirstProblem);
        Assert.Equal(load.Samples.Count, accepted + refused);
        Assert.True(refused > accepted, $"{refused} refused, {accepted} accepted: that was no overload.");
        Assert.True(accepted > 0);
        Assert.InRange(run.MemoryPeak - run.MemoryBefore, 0, MaxMemoryGrowth);
        // Waiting behind MaxQueueLength others takes this many times a lone request's time. Ten times that, because the client and others use these processors.
        Assert.InRange(ratio, 0, 10 * (1 + ((double)MaxQueueLength / Environment.ProcessorCount)));
    }
}
