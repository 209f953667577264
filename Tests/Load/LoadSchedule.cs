using System.Diagnostics;

namespace ClassifierFunctions.Tests.Load;

/// <summary>When which request is sent. Shared by all clients of a run; numbers start at 0.</summary>
internal abstract class LoadSchedule
{
    private long _claimed;

    /// <summary>When the first client started, in ticks of <see cref="Stopwatch"/>.</summary>
    protected long Start { get; private set; }

    /// <summary>As many requests as given, one after the other.</summary>
    public static LoadSchedule Of(long requests) => new Closed(requests, null, CancellationToken.None);

    /// <summary>One request after the other, the last one begun before the time is up.</summary>
    public static LoadSchedule For(TimeSpan duration) => new Closed(long.MaxValue, duration, CancellationToken.None);

    public static LoadSchedule Until(CancellationToken stop) => new Closed(long.MaxValue, null, stop);

    /// <summary>
    /// Arrivals at even distances, whether or not answers come (an open loop). While no connection is free they are late; those still unsent when
    /// the time is up are never sent.
    /// </summary>
    public static LoadSchedule AtRate(double perSecond, TimeSpan duration) => new Open(perSecond, duration);

    public void Begin() => Start = Stopwatch.GetTimestamp();

    /// <summary>Takes the next request and waits until it is due.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryNext(out long number, out long due)
    {
        number = Interlocked.Increment(ref _claimed) - 1;
        return IsDue(number, out due);
    }

    protected abstract bool IsDue(long number, out long due);

    protected static long Ticks(double seconds) => (long)(seconds * Stopwatch.Frequency);

    private sealed class Closed(long requests, TimeSpan? duration, CancellationToken stop) : LoadSchedule
    {
        protected override bool IsDue(long number, out long due)
        {
            due = Stopwatch.GetTimestamp();
            return number < requests && !stop.IsCancellationRequested && !(duration is { } limit && due - Start >= Ticks(limit.TotalSeconds));
        }
    }

    private sealed class Open(double perSecond, TimeSpan duration) : LoadSchedule
    {
        protected override bool IsDue(long number, out long due)
        {
            due = Start + Ticks(number / perSecond);
            var end = Start + Ticks(duration.TotalSeconds);
            if (due >= end)
                return false;
            var early = due - Stopwatch.GetTimestamp();
            if (early > 0)
                Thread.Sleep(TimeSpan.FromMilliseconds(Math.Ceiling(early * 1000.0 / Stopwatch.Frequency)));
            return Stopwatch.GetTimestamp() < end;
        }
    }
}
