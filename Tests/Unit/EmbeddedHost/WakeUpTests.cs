using ClassifierFunctions.EmbeddedHost.Triggers;

namespace ClassifierFunctions.Tests.Unit.EmbeddedHost;

public sealed class WakeUpTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WakeUp _wakeUp = new();

    [Fact]
    public async Task WaitAsync_CalledMeanwhile_EndsAndCancelsTheDelay()
    {
        var delay = CancellationToken.None;
        var wait = _wakeUp.WaitAsync(waiting => Task.Delay(Timeout.InfiniteTimeSpan, delay = waiting), CancellationToken.None);
        Assert.False(wait.IsCompleted);
        _wakeUp.Call();

        await wait.WaitAsync(Patience);
        Assert.True(delay.IsCancellationRequested);
    }

    [Fact]
    public async Task WaitAsync_CalledTwiceBefore_EndsOnce()
    {
        _wakeUp.Call();
        _wakeUp.Call();
        await WaitAsync(CancellationToken.None).WaitAsync(Patience);
        using var cancellation = new CancellationTokenSource();
        var second = WaitAsync(cancellation.Token);

        Assert.False(second.IsCompleted);
        await cancellation.CancelAsync();
        await second.WaitAsync(Patience);
    }

    [Fact]
    public async Task WaitAsync_DelayEnds_Ends() => await _wakeUp.WaitAsync(_ => Task.CompletedTask, CancellationToken.None).WaitAsync(Patience);

    private Task WaitAsync(CancellationToken cancellationToken)
        => _wakeUp.WaitAsync(waiting => Task.Delay(Timeout.InfiniteTimeSpan, waiting), cancellationToken);
}
