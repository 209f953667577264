using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class ConvolutionTests
{
    private const int Rounds = 400;
    private const byte Guard = 0xA5;

    public static TheoryData<ResampleFilter> Filters => [.. Enum.GetValues<ResampleFilter>()];

    [Theory]
    [MemberData(nameof(Filters))]
    public void AlongRow_AnyKernel_EqualsTheScalarVersion(ResampleFilter filter)
    {
        var random = new Random(1);
        for (var round = 0; round < Rounds; round++)
        {
            var axis = Axis(random);
            var channels = round % 2 == 0 ? 4 : 1;
            using var kernel = new PillowKernel(filter, axis);
            var (start, end) = kernel.SourceRange;
            var source = Noise(random, (end - start) * channels, round);
            var (expected, actual) = (new byte[kernel.Count * channels], new byte[(kernel.Count * channels) + (2 * PixelBuffer.Slack)]);
            actual.AsSpan().Fill(Guard);

            Convolution.AlongRowScalar(source, start, channels, kernel, expected);
            Convolution.AlongRow(WithSlack(source, random), start, channels, kernel, actual.AsSpan(0, expected.Length + PixelBuffer.Slack));

            Assert.True(actual.AsSpan(0, expected.Length).SequenceEqual(expected), $"{axis}, {channels} channels");
            Assert.False(actual.AsSpan(expected.Length + PixelBuffer.Slack).ContainsAnyExcept(Guard), $"{axis} wrote too far");
        }
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public void AcrossRows_AnyKernel_EqualsTheScalarVersion(ResampleFilter filter)
    {
        var random = new Random(2);
        for (var round = 0; round < Rounds; round++)
        {
            var axis = Axis(random);
            using var kernel = new PillowKernel(filter, axis);
            using var rows = new RowRing(random.Next(1, 70), kernel.MaxTaps);
            var (expected, actual) = (new byte[rows.RowBytes], new byte[rows.RowBytes + (2 * PixelBuffer.Slack)]);
            actual.AsSpan().Fill(Guard);
            for (var entry = 0; entry < kernel.Count; entry++)
            {
                for (var row = kernel.Start(entry); row < kernel.End(entry); row++)
                    WithSlack(Noise(random, rows.RowBytes, round), random).CopyTo(rows.Row(row));

                Convolution.AcrossRowsScalar(rows, kernel, entry, expected);
                Convolution.AcrossRows(rows, kernel, entry, actual.AsSpan(0, rows.RowBytes + PixelBuffer.Slack));

                Assert.True(actual.AsSpan(0, expected.Length).SequenceEqual(expected), $"{axis}, entry {entry}");
                Assert.False(actual.AsSpan(expected.Length + PixelBuffer.Slack).ContainsAnyExcept(Guard), $"{axis} wrote too far");
            }
        }
    }

    [Theory]
    [InlineData(ResampleFilter.Bicubic)]
    [InlineData(ResampleFilter.Lanczos)]
    public void AlongRow_WhiteBesideBlack_OvershootIsCutOff(ResampleFilter filter)
    {
        // Enlarged, both filters dip below 0 a pixel before the edge and rise above 255 a pixel behind it: nothing may wrap around.
        using var kernel = new PillowKernel(filter, new ResampleAxis(12, 12, 96, 0, 96));
        byte[] source = [.. new byte[6], .. Enumerable.Repeat((byte)255, 6)];
        var target = new byte[96 + PixelBuffer.Slack];

        Convolution.AlongRow(WithSlack(source, new Random(3)), 0, 1, kernel, target);

        Assert.Equal(0, target[40]);
        Assert.Equal(255, target[55]);
        Assert.All(target[..40], value => Assert.InRange(value, 0, 30));
        Assert.All(target[56..96], value => Assert.InRange(value, 225, 255));
    }

    /// <summary>A random axis; often at an edge of what is possible, and as of a JPEG decoded at n/8.</summary>
    internal static ResampleAxis Axis(Random random)
    {
        var (full, eighths, target) = (Size(random), random.Next(1, JpegScale.Full + 1), Size(random));
        var first = random.Next(target);
        return new ResampleAxis(
            JpegScale.Size(full, eighths), full * eighths / 8.0, target, first, random.Next(1, target - first + 1), Mirrored: random.Next(2) == 0);
    }

    /// <summary>Random bytes, or only black and white, which provoke overshoot.</summary>
    internal static byte[] Noise(Random random, int length, int kind)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return kind % 3 == 0 ? bytes : Array.ConvertAll(bytes, value => value < 128 ? (byte)0 : (byte)255);
    }

    private static byte[] WithSlack(byte[] bytes, Random random) => [.. bytes, .. Noise(random, PixelBuffer.Slack, 0)];

    private static int Size(Random random) => random.Next(4) switch { 0 => random.Next(1, 4), 1 => random.Next(1, 600), _ => random.Next(1, 80) };
}
