using System.Collections.Concurrent;
using ClassifierFunctions.Inference;
using Microsoft.Extensions.Time.Testing;

namespace ClassifierFunctions.Tests.Unit.Inference;

public sealed class BatcherTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentQueue<int[]> _runs = new();
    private readonly List<int> _shrunk = [];

    [Fact]
    public async Task RunAsync_LoneImage_RunsAtOnceWhateverTheDelay()
    {
        var run = await Batcher(maxSize: 8, Delay).RunAsync(1, null, CancellationToken.None);

        Assert.Equal(1, run.Size);
        Assert.Equal([1], Assert.Single(_runs));
    }

    [Fact]
    public async Task RunAsync_ImagesThatComeDuringARun_AreTheNextBatches()
    {
        using var running = new Pause();
        var batcher = Batcher(maxSize: 4, TimeSpan.Zero, running);
        var first = Task.Run(() => batcher.RunAsync(0, null, CancellationToken.None));
        await running.Entered;
        var others = Enumerable.Range(1, 6).Select(i => batcher.RunAsync(i, null, CancellationToken.None)).ToArray();
        running.Release();
        await Task.WhenAll([first, .. others]);

        Assert.Equal([[0], [1, 2, 3, 4], [5, 6]], _runs);
        Assert.Equal([4, 4, 4, 4, 2, 2], others.Select(other => other.Result.Size));
    }

    [Fact]
    public async Task RunAsync_AnnouncedImage_IsWaitedFor()
    {
        var batcher = Batcher(maxSize: 8, Delay);
        using var announced = batcher.Announce();
        var first = batcher.RunAsync(1, null, CancellationToken.None);
        Assert.False(first.IsCompleted);
        await Task.WhenAll(first, batcher.RunAsync(2, announced, CancellationToken.None));

        Assert.Equal([1, 2], Assert.Single(_runs));
    }

    [Fact]
    public async Task RunAsync_AnnouncedImageFails_IsNotWaitedForAnyLonger()
    {
        var batcher = Batcher(maxSize: 8, Delay);
        var announced = batcher.Announce();
        var first = batcher.RunAsync(1, null, CancellationToken.None);
        announced.Dispose();

        Assert.Equal(1, (await first).Size);
    }

    [Fact]
    public async Task RunAsync_AnnouncedImageIsLate_WaitsNoLongerThanTheDelay()
    {
        var batcher = Batcher(maxSize: 8, Delay);
        using var announced = batcher.Announce();
        var first = batcher.RunAsync(1, null, CancellationToken.None);
        _time.Advance(Delay - TimeSpan.FromMilliseconds(1));
        Assert.False(first.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, (await first).Size);
    }

    [Fact]
    public async Task RunAsync_BatchFull_DoesNotWaitForMore()
    {
        var batcher = Batcher(maxSize: 2, Delay);
        using var announced = batcher.Announce();
        await Task.WhenAll(batcher.RunAsync(1, null, CancellationToken.None), batcher.RunAsync(2, null, CancellationToken.None));
        Assert.Equal(2, batcher.MaxSize);

        Assert.Equal([1, 2], Assert.Single(_runs));
    }

    [Fact]
    public async Task RunAsync_OneImageFailsTheBatch_FailsAlone()
    {
        using var running = new Pause();
        var batcher = Batcher(maxSize: 4, TimeSpan.Zero, running, image => image == 2 ? new InvalidOperationException("not this one") : null);
        var first = Task.Run(() => batcher.RunAsync(0, null, CancellationToken.None));
        await running.Entered;
        var others = Enumerable.Range(1, 3).Select(i => batcher.RunAsync(i, null, CancellationToken.None)).ToArray();
        running.Release();

        await Task.WhenAll(first, others[0], others[2]);
        Assert.Equal("not this one", (await Assert.ThrowsAsync<InvalidOperationException>(() => others[1])).Message);
        Assert.Equal([[0], [1, 2, 3], [1], [2], [3]], _runs);
        Assert.Empty(_shrunk);
    }

    [Fact]
    public async Task RunAsync_BatchesNeverWork_GoesOnOneByOne()
    {
        using var running = new Pause();
        var batcher = Batcher(maxSize: 4, TimeSpan.Zero, running, failsTogether: true);
        var first = Task.Run(() => batcher.RunAsync(0, null, CancellationToken.None));
        await running.Entered;
        var others = Enumerable.Range(1, 8).Select(i => batcher.RunAsync(i, null, CancellationToken.None)).ToArray();
        running.Release();
        await Task.WhenAll([first, .. others]);

        Assert.Equal([2, 1], _shrunk);
        Assert.Equal([4, 2], _runs.Where(run => run.Length > 1).Select(run => run.Length));
    }

    [Fact]
    public async Task RunAsync_CancelledWhileWaiting_IsNotRun()
    {
        using var running = new Pause();
        var batcher = Batcher(maxSize: 4, TimeSpan.Zero, running);
        var first = Task.Run(() => batcher.RunAsync(0, null, CancellationToken.None));
        await running.Entered;
        using var cancellation = new CancellationTokenSource();
        var (cancelled, kept) = (batcher.RunAsync(1, null, cancellation.Token), batcher.RunAsync(2, null, CancellationToken.None));
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        running.Release();
        await Task.WhenAll(first, kept);

        Assert.Equal([[0], [2]], _runs);
    }

    [Fact]
    public async Task RunAsync_CancelledDuringTheRun_StopsItOnlyWithTheLastImage()
    {
        using var running = new Pause();
        using var second = new Pause();
        CancellationToken seen = default;
        var batcher = new Batcher<int>(4, TimeSpan.Zero, _time, (images, cancellation) =>
        {
            if (images is [0])
            {
                running.Enter();
                return;
            }

            seen = cancellation;
            second.Enter();
            cancellation.ThrowIfCancellationRequested();
        }, (_, _) => { });
        var first = Task.Run(() => batcher.RunAsync(0, null, CancellationToken.None));
        await running.Entered;
        using var one = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        var (cancelled, alsoCancelled) = (batcher.RunAsync(1, null, one.Token), batcher.RunAsync(2, null, other.Token));
        running.Release();
        await second.Entered;
        await one.CancelAsync();
        Assert.False(seen.IsCancellationRequested);
        await other.CancelAsync();
        Assert.True(seen.IsCancellationRequested);
        second.Release();

        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => alsoCancelled);
    }

    [Fact]
    public async Task RunAsync_ManyThreads_EveryImageIsRunOnce()
    {
        var batcher = Batcher(maxSize: 7, TimeSpan.Zero);
        await Task.WhenAll(Enumerable.Range(0, 5000).Select(i => Task.Run(() => batcher.RunAsync(i, null, CancellationToken.None))));

        Assert.Equal(Enumerable.Range(0, 5000), _runs.SelectMany(run => run).Order());
        Assert.All(_runs, run => Assert.InRange(run.Length, 1, 7));
    }

    private Batcher<int> Batcher(int maxSize, TimeSpan delay, Pause? pauseAtZero = null, Func<int, Exception?>? fault = null, bool failsTogether = false)
        => new(maxSize, delay, _time, (images, _) =>
        {
            _runs.Enqueue([.. images]);
            if (images is [0])
                pauseAtZero?.Enter();
            if (failsTogether && images.Count > 1)
                throw new InvalidOperationException("one at a time");
            if (images.Select(image => fault?.Invoke(image)).FirstOrDefault(failure => failure is not null) is { } found)
                throw found;
        }, (size, _) => _shrunk.Add(size));

    // A run that lasts until the test lets it go on.
    private sealed class Pause : IDisposable
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _released = new();

        public Task Entered => _entered.Task;

        public void Enter()
        {
            _entered.SetResult();
            _released.Wait();
        }

        public void Release() => _released.Set();

        public void Dispose() => _released.Dispose();
    }
}
