using System.Globalization;
using ClassifierFunctions.Tests.Load;
using ClassifierFunctions.Tests.Support;
using static System.FormattableString;

namespace ClassifierFunctions.Benchmarks.Serving;

/// <summary>Ten times more requests than the app can answer.</summary>
internal static class OverloadRun
{
    // Refusals are under way too.
    private const int SpareConnections = 64;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);

    /// <param name="maxQueueLength">The app's setting; null for its default, which is at most 256.</param>
    /// <param name="duration">Of the overload.</param>
    public static async Task PrintAsync(int? maxQueueLength, TimeSpan duration)
    {
        using var models = new TemporaryFolder();
        ServingApp.AddModels(models);
        await using var app = maxQueueLength is { } length
            ? await ServingApp.StartAsync(models, ("Inference__MaxQueueLength", length.ToString(CultureInfo.InvariantCulture)))
            : await ServingApp.StartAsync(models);
        var run = await OverloadLoad.RunAsync(app, (maxQueueLength ?? 256) + SpareConnections, WarmUp, Calm, duration);
        var (load, sent) = (run.Overload, (double)run.Overload.Samples.Count);
        var (accepted, refused) = (load.Count(200), load.Count(503));

        Console.WriteLine("| | |");
        Console.WriteLine("|---|---|");
        Row("`Inference__MaxQueueLength`", maxQueueLength is { } set ? Invariant($"{set}") : "default");
        Row($"capacity ({2 * Environment.ProcessorCount} clients)", Invariant($"{run.Capacity.Throughput:0} 1/s"));
        Row("offered, sent", Invariant($"{run.Offered:0} 1/s, {sent / load.Elapsed.TotalSeconds:0} 1/s ({load.Lateness(0.5):0.0} ms late, median)"));
        Row("200", Invariant($"{accepted / sent:0.0 %}, {load.Throughput:0} 1/s = {load.Throughput / run.Capacity.Throughput:0.00} of capacity"));
        Row("503", Invariant($"{refused / sent:0.0 %}"));
        Row("other", Invariant($"{load.Samples.Count - accepted - refused} ({load.Failures} failed connections, {load.Wrong} wrong answers)"));
        Row("unloaded p50, p99 (1 client)", Invariant($"{run.Unloaded.Latency(0.5):0.0}, {run.Unloaded.Latency(0.99):0.0} ms"));
        Row("accepted p50, p99", Invariant($"{load.Latency(0.5):0.0}, {load.Latency(0.99):0.0} ms"));
        Row("accepted p99 / unloaded p99", Invariant($"{load.Latency(0.99) / run.Unloaded.Latency(0.99):0.0}"));
        Row("resident memory before, peak", Invariant($"{run.MemoryBefore / 1e6:0}, {run.MemoryPeak / 1e6:0} MB"));
        Row("a lone request is as fast as before after", Invariant($"{run.Recovery.TotalMilliseconds:0} ms"));
        if (load.FirstProblem is { } problem)
            Console.WriteLine($"First problem: {problem}");

        static void Row(string name, string value) => Console.WriteLine($"| {name} | {value} |");
    }
}
