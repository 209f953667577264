using System.Diagnostics;

namespace ClassifierFunctions.Tests.Load;

/// <summary>What came of a run.</summary>
/// <param name="Samples">Every request, in no order.</param>
/// <param name="Elapsed">From the start to the last answer.</param>
/// <param name="FirstProblem">Of the first wrong answer or failed connection; null when there was none.</param>
internal sealed record LoadResult(IReadOnlyList<LoadSample> Samples, TimeSpan Elapsed, string? FirstProblem)
{
    /// <summary>Requests that no answer came for.</summary>
    public int Failures => Count(0);

    /// <summary>Answers that the check refused.</summary>
    public int Wrong => Samples.Count(sample => sample.Status != 0 && !sample.Verdict.IsRight);

    /// <summary>Requests answered with 200, per second.</summary>
    public double Throughput => Count(200) / Elapsed.TotalSeconds;

    public int Count(int status) => Samples.Count(sample => sample.Status == status);

    /// <summary>Milliseconds from sending to the whole answer, of those answered with 200.</summary>
    /// <param name="quantile">0.5 for the median.</param>
    public double Latency(double quantile) => Statistics.Quantile(Latencies(), quantile);

    /// <summary>The same, ascending by when the request was sent.</summary>
    public double[] Latencies() => [.. Samples
        .Where(sample => sample.Status == 200)
        .OrderBy(sample => sample.Started)
        .Select(sample => Milliseconds(sample.Ended - sample.Started))];

    /// <summary>Milliseconds by which requests were sent after they were due.</summary>
    public double Lateness(double quantile) => Statistics.Quantile([.. Samples.Select(sample => Milliseconds(sample.Started - sample.Due))], quantile);

    private static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;
}
