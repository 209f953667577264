using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class EncodedStreamTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Read_Patch_IsAppliedWhereverReadsBegin(int atOnce)
    {
        // Both ends, and both sides of a boundary.
        foreach (var patch in (BytePatch[])[new(0, 204), new(6, 202), new(7, 203), new(50, 205), new(99, 201)])
        {
            using var stream = new EncodedStream(Bytes) { Patch = patch };
            byte[] expected = [.. Bytes];
            expected[patch.Offset] = patch.Value;

            Assert.Equal(expected, ReadAll(stream, atOnce));
            Assert.Equal(patch.Offset, Bytes[patch.Offset]);

            stream.Position = 5;
            Assert.Equal(expected[5..], ReadAll(stream, atOnce));
        }
    }

    [Theory]
    [InlineData(9)]
    [InlineData(15)]
    public void Read_PatchOutsideTheRead_TouchesNothing(int offset)
    {
        using var stream = new EncodedStream(Bytes) { Patch = new(offset, 200) };
        var buffer = new byte[10];
        stream.Position = 10;

        Assert.Equal(5, stream.Read(buffer, 3, 5));
        Assert.Equal([0, 0, 0, 10, 11, 12, 13, 14, 0, 0], buffer);
        Assert.Equal(15, stream.Position);
    }

    [Fact]
    public void Peek_Always_StaysWhereItIs()
    {
        using var stream = new EncodedStream(Bytes) { Patch = new(98, 200) };
        var buffer = new byte[4];
        stream.Position = 97;

        Assert.Equal(3, stream.Peek(buffer));
        Assert.Equal([97, 200, 99, 0], buffer);
        Assert.Equal(97, stream.Position);
        Assert.Equal(3, stream.Read(buffer));
        Assert.Equal(0, stream.Peek(buffer));
        Assert.Equal(0, stream.Read(buffer));
    }

    [Fact]
    public void Read_PartOfMemory_IsThatPart()
    {
        using var stream = new EncodedStream(Bytes.AsMemory(20, 10)) { Patch = new(1, 200) };

        Assert.Equal(10, stream.Length);
        Assert.Equal([20, 200, 22, 23, 24, 25, 26, 27, 28, 29], ReadAll(stream, 4));
    }

    [Theory]
    [InlineData(0, SeekOrigin.Begin, 0)]
    [InlineData(60, SeekOrigin.Begin, 60)]
    [InlineData(-5, SeekOrigin.Current, 35)]
    [InlineData(5, SeekOrigin.Current, 45)]
    [InlineData(-1, SeekOrigin.End, 99)]
    [InlineData(0, SeekOrigin.End, 100)]
    // Codecs seek by what a file says: never out of it.
    [InlineData(-1, SeekOrigin.Begin, 0)]
    [InlineData(101, SeekOrigin.Begin, 100)]
    [InlineData(-41, SeekOrigin.Current, 0)]
    [InlineData(long.MaxValue, SeekOrigin.Begin, 100)]
    [InlineData(long.MinValue, SeekOrigin.Begin, 0)]
    [InlineData(0x1_0000_0001, SeekOrigin.End, 100)]
    public void Seek_AnyTarget_StaysWithinTheFile(long offset, SeekOrigin origin, long expected)
    {
        using var stream = new EncodedStream(Bytes) { Position = 40 };

        Assert.Equal(expected, stream.Seek(offset, origin));
        Assert.Equal(expected, stream.Position);
        Assert.Equal(Bytes[(int)expected..], ReadAll(stream, 30));
    }

    [Fact]
    public void Read_MeterStops_EndsEarly()
    {
        var time = TimeSpan.Zero;
        using var stream = new EncodedStream(Bytes) { Meter = new DecodeMeter(TimeSpan.FromSeconds(1), () => time, CancellationToken.None) };
        var buffer = new byte[10];

        Assert.Equal(10, stream.Read(buffer));
        time = TimeSpan.FromSeconds(2);
        Assert.Equal(0, stream.Read(buffer));
        Assert.Equal(0, stream.Peek(buffer));
        Assert.Equal(10, stream.Position);

        stream.Meter = new DecodeMeter(TimeSpan.FromSeconds(1), () => time, CancellationToken.None);
        Assert.Equal(90, ReadAll(stream, 10).Length);
    }

    [Fact]
    public void Read_MeterStopsAndThrows_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        using var stream = new EncodedStream(Bytes) { ThrowsWhenStopped = true, Meter = new DecodeMeter(TimeSpan.FromSeconds(1), () => TimeSpan.Zero, cancellation.Token) };

        Assert.Equal(10, stream.Read(new byte[10]));
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => stream.Read(new byte[10]));
        Assert.Throws<OperationCanceledException>(() => stream.Peek(new byte[10]));
    }

    private static byte[] ReadAll(EncodedStream stream, int atOnce)
    {
        var all = new List<byte>();
        var buffer = new byte[atOnce];
        while (stream.Read(buffer) is > 0 and var count)
            all.AddRange(buffer.AsSpan(0, count));
        return [.. all];
    }
}
