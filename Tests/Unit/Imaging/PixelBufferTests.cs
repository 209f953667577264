using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class PixelBufferTests
{
    // The first three are pooled, the others native memory.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(PixelPool.MaxBytes - PixelBuffer.Slack)]
    [InlineData(PixelPool.MaxBytes - PixelBuffer.Slack + 1)]
    [InlineData(PixelPool.MaxBytes + 1_000_000)]
    public void Span_AnyLength_HasSlackToWrite(int length)
    {
        using var buffer = new PixelBuffer(length);
        buffer.Span.Fill(7);

        Assert.Equal(length, buffer.Length);
        Assert.Equal(length + PixelBuffer.Slack, buffer.Span.Length);
        Assert.Equal(7, buffer.Span[^1]);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(PixelPool.MaxBytes)]
    public void Span_AfterDispose_Throws(int length)
    {
        var buffer = new PixelBuffer(length);
        buffer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => buffer.Span.Length);
    }

    [Theory]
    [InlineData(12_345)]
    [InlineData(PixelPool.MaxBytes)]
    public void Dispose_Twice_GivesMemoryBackOnce(int length)
    {
        var disposed = new PixelBuffer(length);
        disposed.Dispose();
        disposed.Dispose();

        // Given back twice, one piece of memory would be lent to both.
        using var first = new PixelBuffer(length);
        using var second = new PixelBuffer(length);
        first.Span.Fill(1);
        second.Span.Fill(2);
        Assert.False(first.Span.ContainsAnyExcept((byte)1));
    }
}
