using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Load;

/// <summary>Requests of two models over and over, with the app's resident memory beside them. Linux only.</summary>
/// <param name="Load">All requests.</param>
/// <param name="Memory">Requests answered, and resident bytes at that time.</param>
internal sealed record SoakLoad(LoadResult Load, IReadOnlyList<(double Requests, double Bytes)> Memory)
{
    private const int Clients = 8;
    private const int SampleMilliseconds = 100;
    private const int Parts = 20;

    public static IReadOnlyList<string> Models { get; } = ["squeezenet", "photo-quality"];

    /// <param name="app">Serves both models.</param>
    /// <param name="requests">How many in all.</param>
    public static async Task<SoakLoad> RunAsync(AppProcess app, long requests)
    {
        var generator = (await PhotoLoad.CreateAsync(app, Models, [.. LoadPhotos.Small, .. LoadPhotos.Megapixel])).Generator();
        var memory = new List<(double, double)>();
        var load = generator.RunAsync(Clients, LoadSchedule.Of(requests));
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(SampleMilliseconds));
        while (!load.IsCompleted)
        {
            await clock.WaitForNextTickAsync();
            memory.Add((generator.Answered, app.Memory().Now));
        }

        return new SoakLoad(await load, memory);
    }

    /// <summary>Growth of resident memory in bytes per request, without the first <paramref name="warmUp"/> requests, and its standard error.</summary>
    public (double Slope, double Error) Growth(long warmUp)
    {
        // Medians of parts of the time: single samples follow one another, and would make the error look smaller than it is.
        var samples = Memory.Where(sample => sample.Requests > warmUp).ToArray();
        var parts = samples.Chunk((samples.Length + Parts - 1) / Parts);
        return Statistics.Line([.. parts.Select(part => (part.Average(sample => sample.Requests), Statistics.Median([.. part.Select(sample => sample.Bytes)])))]);
    }

    /// <summary>Median latency of one tenth of the requests, in the order of sending, in milliseconds.</summary>
    /// <param name="tenth">0 to 9.</param>
    public double MedianOfTenth(int tenth)
    {
        var latencies = Load.Latencies();
        return Statistics.Median(latencies[(latencies.Length * tenth / 10)..(latencies.Length * (tenth + 1) / 10)]);
    }
}
