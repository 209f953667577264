using Microsoft.Extensions.Time.Testing;

namespace ClassifierFunctions.Tests.Support;

/// <summary>Time that a test moves, and that says when somebody waits for it to move.</summary>
internal sealed class WatchedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _waits = new(0);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Release();
        return timer;
    }

    /// <summary>Ends when one more wait has begun.</summary>
    public async Task WaitBegunAsync()
    {
        if (!await _waits.WaitAsync(Patience))
            throw new TimeoutException("Nobody waits.");
    }
}
