using System.Diagnostics;
using ClassifierFunctions.Tests.Load;
using ClassifierFunctions.Tests.Support;
using static System.FormattableString;

namespace ClassifierFunctions.Benchmarks.Serving;

/// <summary>Throughput of the whole app over that of a bare loop, taken in turns, so that whatever else the machine does meets both.</summary>
internal static class ServingRun
{
    private const int Clients = 8;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    /// <param name="rounds">Turns of each.</param>
    /// <param name="duration">Of one turn.</param>
    public static async Task PrintAsync(int rounds, TimeSpan duration)
    {
        using var models = new TemporaryFolder();
        ServingApp.AddModels(models);
        await using var app = await ServingApp.StartAsync(models);
        using var bare = new BareLoop(TestData.Squeezenet);
        Console.WriteLine("| photos | app, 1/s | bare loop, 1/s | **app / bare loop** | round by round: lowest, median, highest | app p50, p99, ms "
            + "| processor time per request: app + client, bare loop, ms | bare / (app + client) | processors taken by others: app's turns, loop's |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        var stages = new List<string>
        {
            $"100 to 500 pixels: {await PrintAsync("100 to 500 pixels", LoadPhotos.Small)}",
            $"1.0 to 1.9 megapixels: {await PrintAsync("1.0 to 1.9 megapixels", LoadPhotos.Megapixel)}",
        };
        Console.WriteLine();
        Console.WriteLine($"Mean Server-Timing, ms: {string.Join("; ", stages)}.");

        async Task<StageTotals> PrintAsync(string name, IReadOnlyList<string> photos)
        {
            var (totals, bytes) = (new StageTotals(), photos.Select(File.ReadAllBytes).ToArray());
            var load = await PhotoLoad.CreateAsync(app, [ServingApp.Squeezenet], photos);
            var generator = load.Generator((request, in answer) =>
            {
                totals.Add(answer.Header("Server-Timing"u8));
                return load.IsRight(request, answer);
            });
            await load.Generator().RunAsync(Clients, LoadSchedule.For(WarmUp));
            bare.Run(bytes, WarmUp);

            var (served, loops) = (new List<LoadResult>(), new List<double>());
            var (appTime, clientTime, bareTime) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
            var (besideApp, besideLoop) = (new OtherLoad(), new OtherLoad());
            for (var round = 0; round < rounds; round++)
            {
                var (appBefore, clientBefore) = (app.ProcessorTime, OwnTime());
                served.Add((await besideApp.MeasureAsync(() => generator.RunAsync(Clients, LoadSchedule.For(duration)), BothTimes)).Checked());
                appTime += app.ProcessorTime - appBefore;
                var bareBefore = OwnTime();
                clientTime += bareBefore - clientBefore;
                loops.Add(await besideLoop.MeasureAsync(() => Task.FromResult(bare.Run(bytes, duration)), BothTimes));
                bareTime += OwnTime() - bareBefore;
            }

            var (app1, bare1) = (Statistics.Median([.. served.Select(result => result.Throughput)]), Statistics.Median(loops));
            var ratios = served.Zip(loops, (result, loop) => result.Throughput / loop).ToArray();
            var all = new LoadResult([.. served.SelectMany(result => result.Samples)], TimeSpan.Zero, null);
            var (appMs, clientMs) = (appTime.TotalMilliseconds / all.Samples.Count, clientTime.TotalMilliseconds / all.Samples.Count);
            var bareMs = bareTime.TotalMilliseconds / (loops.Sum() * duration.TotalSeconds);
            Console.WriteLine(Invariant($"| {name} | {app1:0} | {bare1:0} | **{app1 / bare1:0.000}** ")
                + Invariant($"| {ratios.Min():0.00}, {Statistics.Median(ratios):0.00}, {ratios.Max():0.00} | {all.Latency(0.5):0.0}, {all.Latency(0.99):0.0} ")
                + Invariant($"| {appMs:0.00} + {clientMs:0.00}, {bareMs:0.00} | {bareMs / (appMs + clientMs):0.00} ")
                + Invariant($"| {besideApp.Share:0 %}, {besideLoop.Share:0 %} |"));
            return totals;
        }

        TimeSpan BothTimes() => app.ProcessorTime + OwnTime();
    }

    private static TimeSpan OwnTime() => Process.GetCurrentProcess().TotalProcessorTime;
}
