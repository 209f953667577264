using System.Buffers.Binary;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class PngChecksumsTests
{
    private static readonly byte[] Good = TestImages.GreyPng(5, 5);

    [Fact]
    public void Repairs_GoodFile_AreNone() => Assert.Empty(PngChecksums.Repairs(Good));

    [Theory]
    [InlineData(new[] { 0 })]
    [InlineData(new[] { 3 })]
    [InlineData(new[] { 0, 1, 2, 3 })]
    public void Repairs_WrongChecksumOfPixels_RestoreTheFile(int[] wrong)
    {
        byte[] damaged = [.. Good];
        foreach (var i in wrong)
            damaged[ChecksumAt(damaged, "IDAT"u8) + i] ^= 0x55;

        var repairs = PngChecksums.Repairs(damaged);

        Assert.Equal(wrong.Length, repairs.Count);
        Assert.Equal(Good, Repaired(damaged, repairs));
    }

    [Fact]
    public void Repairs_SeveralChunksOfPixels_RestoreEach()
    {
        // The same chunk twice: the structure alone counts here.
        var chunk = Good.AsSpan()[(Good.AsSpan().IndexOf("IDAT"u8) - 4)..(ChecksumAt(Good, "IDAT"u8) + 4)];
        byte[] two = [.. Good[..^12], .. chunk, .. Good[^12..]];
        byte[] damaged = [.. two];
        damaged[ChecksumAt(damaged, "IDAT"u8)] ^= 1;
        damaged[damaged.Length - 12 - 1] ^= 1;

        Assert.Equal(two, Repaired(damaged, PngChecksums.Repairs(damaged)));
        Assert.NotEqual(two, damaged);
    }

    [Theory]
    [InlineData("IHDR")]
    [InlineData("IEND")]
    public void Repairs_WrongChecksumOfAnotherChunk_AreNone(string type)
    {
        byte[] damaged = [.. Good];
        damaged[ChecksumAt(damaged, System.Text.Encoding.ASCII.GetBytes(type))] ^= 1;

        Assert.Empty(PngChecksums.Repairs(damaged));
    }

    [Fact]
    public void Repairs_AnyCut_AreOfWholeChunksOnly()
    {
        for (var length = 0; length < Good.Length; length++)
            Assert.Empty(PngChecksums.Repairs(Good.AsSpan()[..length]));
    }

    [Theory]
    [InlineData(0xFFFFFFFF)]
    [InlineData(0x80000000)]
    [InlineData(0x7FFFFFFF)]
    public void Repairs_LengthBeyondTheFile_AreNone(uint length)
    {
        byte[] damaged = [.. Good];
        BinaryPrimitives.WriteUInt32BigEndian(damaged.AsSpan(damaged.AsSpan().IndexOf("IDAT"u8) - 4), length);

        Assert.Empty(PngChecksums.Repairs(damaged));
    }

    private static int ChecksumAt(ReadOnlySpan<byte> png, ReadOnlySpan<byte> type)
    {
        var at = png.IndexOf(type);
        return at + 4 + BinaryPrimitives.ReadInt32BigEndian(png[(at - 4)..]);
    }

    private static byte[] Repaired(byte[] damaged, IReadOnlyList<BytePatch> repairs)
    {
        using var stream = new EncodedStream(damaged) { Patches = repairs };
        using var repaired = new MemoryStream();
        stream.CopyTo(repaired);
        return repaired.ToArray();
    }
}
