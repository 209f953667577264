using System.Diagnostics;
using System.Globalization;

namespace ClassifierFunctions.Benchmarks.Serving;

/// <summary>
/// What other processes took of the machine's processors: with much of it, a program of more threads gets a larger share, and ratios of throughput
/// say little. Linux only.
/// </summary>
internal sealed class OtherLoad
{
    // USER_HZ, which is 100 on every platform of .NET.
    private const double TicksPerSecond = 100;

    // proc(5), stat: user, nice, system, irq, softirq, and steal, which the hypervisor gave to others. Not idle and iowait.
    private static readonly int[] BusyFields = [1, 2, 3, 6, 7, 8];

    private double _others;
    private double _total;

    /// <summary>Share of all processors' time in the measured intervals, 0 to 1.</summary>
    public double Share => _others / _total;

    /// <summary>Adds an interval.</summary>
    /// <param name="work">What is done in it.</param>
    /// <param name="own">Processor time of the processes that are no others, so far.</param>
    public async Task<T> MeasureAsync<T>(Func<Task<T>> work, Func<TimeSpan> own)
    {
        var (busyBefore, ownBefore, started) = (Busy(), own(), Stopwatch.GetTimestamp());
        var result = await work();
        _others += Math.Max(0, Busy() - busyBefore - (own() - ownBefore).TotalSeconds);
        _total += Stopwatch.GetElapsedTime(started).TotalSeconds * Environment.ProcessorCount;
        return result;
    }

    private static double Busy()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return BusyFields.Sum(field => double.Parse(fields[field], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
