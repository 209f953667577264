using System.Diagnostics;
using System.Text.Json;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Load;

/// <summary>Ten times the requests that the app can answer, and what it was before and is after. Linux only.</summary>
internal sealed record OverloadLoad
{
    public const string Model = "squeezenet";

    private const int Times = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Two clients per processor, one request after the other: one alone leaves its processor idle between two requests.</summary>
    public required LoadResult Capacity { get; init; }

    /// <summary>One client.</summary>
    public required LoadResult Unloaded { get; init; }

    public required LoadResult Overload { get; init; }

    /// <summary>Requests per second that were due.</summary>
    public required double Offered { get; init; }

    /// <summary>Resident bytes when the overload began.</summary>
    public required long MemoryBefore { get; init; }

    /// <summary>At most, from then on.</summary>
    public required long MemoryPeak { get; init; }

    /// <summary>From the last answer of the overload until a lone request took no longer than 99 of 100 did before.</summary>
    public required TimeSpan Recovery { get; init; }

    /// <param name="app">Serves <see cref="Model"/>.</param>
    /// <param name="connections">How many requests can be under way: more than the app lets wait.</param>
    /// <param name="warmUp">How long the app is asked before anything is measured: capacity is only that of compiled code.</param>
    /// <param name="calm">How long capacity and unloaded latency are measured, each.</param>
    /// <param name="overload">How long the overload lasts.</param>
    public static async Task<OverloadLoad> RunAsync(AppProcess app, int connections, TimeSpan warmUp, TimeSpan calm, TimeSpan overload)
    {
        var photos = await PhotoLoad.CreateAsync(app, [Model], LoadPhotos.Small);
        var generator = photos.Generator((request, in answer) => answer.Status == 503 ? IsOverloaded(answer) : photos.IsRight(request, answer));
        var clients = 2 * Environment.ProcessorCount;
        await generator.RunAsync(clients, LoadSchedule.For(warmUp));
        var capacity = await generator.RunAsync(clients, LoadSchedule.For(calm));
        var unloaded = await generator.RunAsync(1, LoadSchedule.For(calm));
        app.ResetPeakMemory();
        var before = app.Memory().Now;
        var offered = Times * capacity.Throughput;
        var result = await generator.RunAsync(connections, LoadSchedule.AtRate(offered, overload));
        var recovery = await RecoverAsync(generator, unloaded.Latency(0.99));
        return new OverloadLoad
        {
            Capacity = capacity,
            Unloaded = unloaded,
            Overload = result,
            Offered = offered,
            MemoryBefore = before,
            MemoryPeak = app.Memory().Peak,
            Recovery = recovery,
        };
    }

    private static async Task<TimeSpan> RecoverAsync(LoadGenerator generator, double normal)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < Patience)
        {
            // Not a number, when it was refused, is not below either.
            if ((await generator.RunAsync(1, LoadSchedule.Of(1))).Latency(0.5) <= normal)
                return Stopwatch.GetElapsedTime(started);
        }

        throw new TimeoutException($"A lone request still takes longer than {normal:0} ms.");
    }

    private static bool IsOverloaded(in LoadAnswer answer)
    {
        if (answer.Header("Retry-After"u8).IsEmpty || !answer.Header("Content-Type"u8).StartsWith("application/problem+json"u8))
            return false;
        using var problem = JsonDocument.Parse(answer.Body.ToArray());
        return problem.RootElement.GetProperty("type").ValueEquals("urn:classifier-functions:overloaded");
    }
}
