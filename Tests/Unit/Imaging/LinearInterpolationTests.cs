using System.Runtime.InteropServices;
using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Tests.Unit.Imaging;

/// <summary>The passes among themselves; <see cref="ResampleGoldenTests"/> compares their results with OpenCV's.</summary>
public sealed class LinearInterpolationTests
{
    private const int Rounds = 400;
    private const byte Guard = 0xA5;

    // The most that the first pass gives.
    private const int MaxWord = 255 << 7;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AlongRow_OneChannel_EqualsEachOfFour(bool isHeight)
    {
        var random = new Random(1);
        for (var round = 0; round < Rounds; round++)
        {
            using var kernel = new LinearKernel(ConvolutionTests.Axis(random), isHeight);
            var (start, end) = kernel.SourceRange;
            var sampleBytes = isHeight ? sizeof(ushort) : sizeof(byte);
            var four = Samples(random, (end - start) * 4, sampleBytes);
            var together = AlongRow(kernel, four, sampleBytes, 4);
            for (var c = 0; c < 4; c++)
                Assert.Equal(Channel(together, c, kernel.SampleBytes), AlongRow(kernel, Channel(four, c, sampleBytes), sampleBytes, 1));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AcrossRows_AnyLength_EqualsAlongRow(bool isHeight)
    {
        var random = new Random(2);
        for (var round = 0; round < Rounds; round++)
        {
            using var kernel = new LinearKernel(ConvolutionTests.Axis(random), isHeight);
            var sampleBytes = isHeight ? sizeof(ushort) : sizeof(byte);
            using var rows = new RowRing(random.Next(1, 70) * sampleBytes, kernel.MaxTaps);
            var width = rows.RowBytes / sampleBytes;
            var target = new byte[(width * kernel.SampleBytes) + (2 * PixelBuffer.Slack)];
            target.AsSpan().Fill(Guard);
            var entry = random.Next(kernel.Count);
            for (var row = kernel.Start(entry); row < kernel.End(entry); row++)
                Samples(random, width + (PixelBuffer.Slack / sampleBytes), sampleBytes).CopyTo(rows.Row(row));

            kernel.AcrossRows(rows, entry, target.AsSpan(..^PixelBuffer.Slack));

            // Any column of the rows, as a row of one channel.
            var x = random.Next(width);
            var column = new byte[kernel.SourceRange.End * sampleBytes];
            for (var row = kernel.Start(entry); row < kernel.End(entry); row++)
                rows.Row(row).Slice(x * sampleBytes, sampleBytes).CopyTo(column.AsSpan(row * sampleBytes));
            var expected = AlongRow(kernel, column[(kernel.SourceRange.Start * sampleBytes)..], sampleBytes, 1);
            Assert.Equal(
                expected.AsSpan(kernel.Target(entry) * kernel.SampleBytes, kernel.SampleBytes), target.AsSpan(x * kernel.SampleBytes, kernel.SampleBytes));
            Assert.False(target.AsSpan(^PixelBuffer.Slack..).ContainsAnyExcept(Guard));
        }
    }

    private static byte[] AlongRow(LinearKernel kernel, byte[] source, int sampleBytes, int channels)
    {
        Assert.Equal((kernel.SourceRange.End - kernel.SourceRange.Start) * sampleBytes * channels, source.Length);
        var target = new byte[(kernel.Count * channels * kernel.SampleBytes) + (2 * PixelBuffer.Slack)];
        target.AsSpan(^PixelBuffer.Slack..).Fill(Guard);
        kernel.AlongRow([.. source, .. new byte[PixelBuffer.Slack]], kernel.SourceRange.Start, channels, target.AsSpan(..^PixelBuffer.Slack));
        Assert.False(target.AsSpan(^PixelBuffer.Slack..).ContainsAnyExcept(Guard));
        return target[..(kernel.Count * channels * kernel.SampleBytes)];
    }

    // Bytes, or what the first pass makes of them; the extremes often.
    private static byte[] Samples(Random random, int count, int sampleBytes)
    {
        var max = sampleBytes == sizeof(byte) ? byte.MaxValue : MaxWord;
        var values = Enumerable.Range(0, count).Select(_ => random.Next(3) == 0 ? random.Next(2) * max : random.Next(max + 1));
        return sampleBytes == sizeof(byte)
            ? [.. values.Select(value => (byte)value)]
            : MemoryMarshal.AsBytes<ushort>(values.Select(value => (ushort)value).ToArray()).ToArray();
    }

    private static byte[] Channel(byte[] four, int channel, int sampleBytes)
        => [.. four.Chunk(sampleBytes).Where((_, i) => i % 4 == channel).SelectMany(sample => sample)];
}
