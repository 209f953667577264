using System.Globalization;
using ClassifierFunctions.Tests.Load;
using ClassifierFunctions.Tests.Support;
using static System.FormattableString;

namespace ClassifierFunctions.Benchmarks.Serving;

/// <summary>What joining requests into one run gains: apps with other settings side by side, asked in turns.</summary>
internal static class BatchingRun
{
    private const int Clients = 32;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    // The first is what the others are compared with.
    private static readonly (int Size, int Delay)[] Settings = [(1, 0), (8, 0), (8, 2), (16, 0), (16, 2)];

    /// <param name="rounds">Turns of each.</param>
    /// <param name="duration">Of one turn.</param>
    public static async Task PrintAsync(int rounds, TimeSpan duration)
    {
        using var models = new TemporaryFolder();
        ServingApp.AddModels(models);
        var apps = new List<AppProcess>();
        try
        {
            foreach (var (size, delay) in Settings)
            {
                apps.Add(await ServingApp.StartAsync(
                    models,
                    ("Inference__MaxBatchSize", size.ToString(CultureInfo.InvariantCulture)),
                    ("Inference__MaxBatchDelayMs", delay.ToString(CultureInfo.InvariantCulture))));
            }

            Console.WriteLine("| model | MaxBatchSize | MaxBatchDelayMs | 1/s | ratio | lowest, highest round | p50, ms | p99, ms |");
            Console.WriteLine("|---|---|---|---|---|---|---|---|");
            await PrintAsync(ServingApp.PhotoQuality);
            await PrintAsync(ServingApp.SqueezenetBatch);
        }
        finally
        {
            foreach (var app in apps)
                await app.DisposeAsync();
        }

        async Task PrintAsync(string model)
        {
            var generators = new List<LoadGenerator>();
            foreach (var app in apps)
            {
                generators.Add((await PhotoLoad.CreateAsync(app, [model], LoadPhotos.Small)).Generator());
                await generators[^1].RunAsync(Clients, LoadSchedule.For(WarmUp));
            }

            var results = apps.ConvertAll(_ => new List<LoadResult>());
            for (var round = 0; round < rounds; round++)
            {
                for (var i = 0; i < apps.Count; i++)
                    results[i].Add((await generators[i].RunAsync(Clients, LoadSchedule.For(duration))).Checked());
            }

            for (var i = 0; i < apps.Count; i++)
            {
                var all = new LoadResult([.. results[i].SelectMany(turn => turn.Samples)], TimeSpan.Zero, null);
                var throughput = Statistics.Median([.. results[i].Select(turn => turn.Throughput)]);
                // Round by round: the other load of the machine changes more slowly than the turns.
                var ratios = results[i].Zip(results[0], (turn, single) => turn.Throughput / single.Throughput).ToArray();
                Console.WriteLine(Invariant($"| {model} | {Settings[i].Size} | {Settings[i].Delay} | {throughput:0} | {Statistics.Median(ratios):0.00} ")
                    + Invariant($"| {ratios.Min():0.00}, {ratios.Max():0.00} | {all.Latency(0.5):0.0} | {all.Latency(0.99):0.0} |"));
            }
        }
    }
}
