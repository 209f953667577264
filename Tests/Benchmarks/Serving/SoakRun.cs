using ClassifierFunctions.Tests.Load;
using ClassifierFunctions.Tests.Support;
using static System.FormattableString;

namespace ClassifierFunctions.Benchmarks.Serving;

/// <summary>Many requests, and whether they leave memory behind or get slower.</summary>
internal static class SoakRun
{
    private const int Intervals = 10;

    public static async Task PrintAsync(long requests)
    {
        using var models = new TemporaryFolder();
        ServingApp.AddModels(models);
        await using var app = await ServingApp.StartAsync(models);
        var run = await SoakLoad.RunAsync(app, requests);
        var load = run.Load.Checked();

        Console.WriteLine("| requests | resident memory, median, MB | latency, median, ms |");
        Console.WriteLine("|---|---|---|");
        for (var tenth = 0; tenth < Intervals; tenth++)
        {
            var (from, to) = (requests * tenth / Intervals, requests * (tenth + 1) / Intervals);
            var memory = run.Memory.Where(sample => sample.Requests >= from && sample.Requests < to).Select(sample => sample.Bytes).ToArray();
            Console.WriteLine(Invariant($"| to {to} | {Statistics.Median(memory) / 1e6:0.0} | {run.MedianOfTenth(tenth):0.0} |"));
        }

        var (slope, error) = run.Growth(requests / 2);
        var drift = (run.MedianOfTenth(Intervals - 1) / run.MedianOfTenth(1)) - 1;
        Console.WriteLine();
        Console.WriteLine(Invariant($"{requests} requests, {load.Throughput:0} per second, no failure, no wrong answer. Second half: resident memory grows by ")
            + Invariant($"{slope:0} +- {error:0} bytes per request (least squares, standard error). ")
            + Invariant($"Median latency of the last tenth against the second: {drift * 100:+0.0;-0.0} %."));
    }
}
