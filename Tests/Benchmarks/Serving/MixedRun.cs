using ClassifierFunctions.Tests.Load;
using ClassifierFunctions.Tests.Support;
using static System.FormattableString;

namespace ClassifierFunctions.Benchmarks.Serving;

/// <summary>Two models at once, every answer compared with its golden one.</summary>
internal static class MixedRun
{
    private const int Clients = 64;

    public static async Task PrintAsync(TimeSpan duration)
    {
        using var models = new TemporaryFolder();
        ServingApp.AddModels(models);
        await using var app = await ServingApp.StartAsync(models);
        var load = await GoldenLoad.Create(app.Address).RunAsync(Clients, LoadSchedule.For(duration));
        Console.WriteLine(Invariant($"{Clients} clients, {load.Elapsed.TotalSeconds:0} s: {load.Samples.Count} requests, {load.Failures} failed connections, ")
            + $"{load.Wrong} wrong answers. First problem: {load.FirstProblem ?? "none"}.");
    }
}
