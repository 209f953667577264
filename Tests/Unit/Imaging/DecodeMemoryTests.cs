using ClassifierFunctions.Imaging;
using ClassifierFunctions.Tests.Support;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class DecodeMemoryTests : IDisposable
{
    private const int Megabyte = 1_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DecodeMemory _memory = new(Options.Create(new LimitsOptions { DecodeMemoryMB = 16 }));

    public void Dispose() => _memory.Dispose();

    [Fact]
    public async Task ReserveAsync_AllOfIt_IsGivenAtOnce()
    {
        var all = Reserve(16 * Megabyte);

        Assert.True(all.IsCompletedSuccessfully);
        (await all).Dispose();
        Assert.True(Reserve(16 * Megabyte).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task ReserveAsync_PartOfAKilobyte_CountsAsOne()
    {
        var little = Reserve(1);

        // Exactly the rest fits, and a byte more does not.
        (await Reserve((16 * Megabyte) - 1000)).Dispose();
        var tooMuch = Reserve((16 * Megabyte) - 999);
        Assert.False(tooMuch.IsCompleted);

        (await little).Dispose();
        (await tooMuch.WaitAsync(Patience)).Dispose();
    }

    [Fact]
    public async Task ReserveAsync_LargeOne_WaitsForSmallOnesAndIsNotOvertaken()
    {
        var (first, second) = (await Reserve(6 * Megabyte), await Reserve(6 * Megabyte));
        var large = Reserve(16 * Megabyte);
        // There is room for this one, but it came later.
        var small = Reserve(Megabyte);
        Assert.False(large.IsCompleted);
        Assert.False(small.IsCompleted);

        first.Dispose();
        var another = Reserve(Megabyte);
        Assert.False(large.IsCompleted);
        Assert.False(small.IsCompleted);
        Assert.False(another.IsCompleted);

        second.Dispose();
        var granted = await large.WaitAsync(Patience);
        Assert.False(small.IsCompleted);
        Assert.False(another.IsCompleted);

        granted.Dispose();
        await Task.WhenAll(small, another).WaitAsync(Patience);
    }

    [Fact]
    public async Task ReserveAsync_CancelledWhileWaiting_LeavesTheQueueAndTakesNothing()
    {
        using var cancellation = new CancellationTokenSource();
        var held = await Reserve(10 * Megabyte);
        var cancelled = Reserve(16 * Megabyte, cancellation.Token);
        var next = Reserve(6 * Megabyte);
        Assert.False(next.IsCompleted);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Patience));

        held.Dispose();
        (await next.WaitAsync(Patience)).Dispose();
        (await Reserve(16 * Megabyte).WaitAsync(Patience)).Dispose();
    }

    [Fact]
    public async Task ReserveAsync_DisposedTwice_IsGivenBackOnce()
    {
        var (first, second) = (await Reserve(8 * Megabyte), await Reserve(8 * Megabyte));
        first.Dispose();
        first.Dispose();

        var all = Reserve(16 * Megabyte);
        Assert.False(all.IsCompleted);
        second.Dispose();
        (await all.WaitAsync(Patience)).Dispose();
    }

    private Task<IDisposable> Reserve(int bytes, CancellationToken cancellationToken = default)
    {
        using var image = new RawImage(1, 1, new byte[bytes]);
        return _memory.ReserveAsync(image, cancellationToken).AsTask();
    }
}
