using ClassifierFunctions.Imaging;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class DecodeMeterTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);

    private TimeSpan _processorTime = TimeSpan.FromHours(1);

    [Fact]
    public void MustStop_WithinTheLimit_IsFalse()
    {
        var meter = new DecodeMeter(Limit, () => _processorTime, CancellationToken.None);
        _processorTime += Limit;

        Assert.False(meter.MustStop);
        meter.ThrowIfStopped(ImageFormat.Png);
    }

    [Fact]
    public void ThrowIfStopped_BeyondTheLimit_SaysTooSlow()
    {
        var meter = new DecodeMeter(Limit, () => _processorTime, CancellationToken.None);
        _processorTime += Limit + TimeSpan.FromTicks(1);

        Assert.True(meter.MustStop);
        var failure = Assert.Throws<ClassifierException>(() => meter.ThrowIfStopped(ImageFormat.Png));
        Assert.Equal(ClassifierError.UndecodableImage, failure.Error);
        Assert.Contains("this png file takes more than 0.25 s of processor time", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThrowIfStopped_CancelledAndTooSlow_IsCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var meter = new DecodeMeter(Limit, () => _processorTime, cancellation.Token);
        Assert.False(meter.MustStop);

        cancellation.Cancel();
        Assert.True(meter.MustStop);
        _processorTime += Limit + Limit;

        Assert.Equal(cancellation.Token, Assert.Throws<OperationCanceledException>(() => meter.ThrowIfStopped(ImageFormat.Jpeg)).CancellationToken);
    }
}
