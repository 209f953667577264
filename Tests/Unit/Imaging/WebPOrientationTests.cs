using System.Buffers.Binary;
using System.Text;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class WebPOrientationTests
{
    // The extended format's header, whose flags say that there is EXIF.
    private static readonly (string, byte[]) Extended = ("VP8X", [0x08, .. new byte[9]]);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_ExifChunk_GivesItsOrientation(bool bigEndian)
        => Assert.Equal(6, WebPOrientation.Read(WebP(Extended, ("VP8 ", new byte[30]), ("EXIF", ExifData.Orientation(6, bigEndian)))));

    [Fact]
    public void Read_OddChunkBefore_IsPaddedToEven()
        => Assert.Equal(6, WebPOrientation.Read(WebP(Extended, ("VP8L", new byte[31]), ("ICCP", new byte[1]), ("EXIF", ExifData.Orientation(6)))));

    [Fact]
    public void Read_ExifPrefix_IsSkipped() => Assert.Equal(3, WebPOrientation.Read(WebP(Extended, ("EXIF", [.. "Exif\0\0"u8, .. ExifData.Orientation(3)]))));

    [Fact]
    public void Read_NoExifChunk_IsOne() => Assert.Equal(1, WebPOrientation.Read(WebP(Extended, ("VP8 ", ExifData.Orientation(6)))));

    [Fact]
    public void Read_NotExtendedOrNoFlag_IsOne()
    {
        Assert.Equal(1, WebPOrientation.Read(WebP(("VP8 ", new byte[30]), ("EXIF", ExifData.Orientation(6)))));
        Assert.Equal(1, WebPOrientation.Read(WebP(("VP8X", new byte[10]), ("VP8 ", new byte[30]), ("EXIF", ExifData.Orientation(6)))));
    }

    [Theory]
    [InlineData("FFFFFFFF")]
    [InlineData("00000080")]
    [InlineData("FEFFFF7F")]
    public void Read_LengthBeyondTheFile_IsOne(string length)
        => Assert.Equal(1, WebPOrientation.Read([.. WebP(Extended), .. "VP8 "u8, .. Convert.FromHexString(length), .. WebP(("EXIF", ExifData.Orientation(6)))[12..]]));

    [Fact]
    public void Read_AnyCut_IsOneUntilTheChunkIsWhole()
    {
        var webp = WebP(Extended, ("VP8 ", new byte[7]), ("EXIF", ExifData.Orientation(6)));
        for (var length = 0; length < webp.Length; length++)
            Assert.Equal(1, WebPOrientation.Read(webp.AsSpan()[..length]));
        Assert.Equal(6, WebPOrientation.Read(webp));
    }

    [Fact]
    public void Read_RandomChange_NeverThrows()
    {
        var random = new Random(1);
        var good = WebP(Extended, ("VP8 ", new byte[7]), ("ICCP", new byte[4]), ("EXIF", ExifData.Orientation(6)));
        for (var i = 0; i < 50_000; i++)
        {
            byte[] changed = [.. good];
            for (var n = random.Next(1, 6); n > 0; n--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            Assert.InRange(WebPOrientation.Read(changed), 1, 8);
        }
    }

    // WebP container specification: chunks of a type, a length, data, and a byte of padding when odd.
    private static byte[] WebP(params (string Type, byte[] Data)[] chunks)
    {
        var webp = new List<byte>([.. "RIFF\0\0\0\0WEBP"u8]);
        Span<byte> length = stackalloc byte[4];
        foreach (var (type, data) in chunks)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
            webp.AddRange([.. Encoding.ASCII.GetBytes(type), .. length, .. data, .. new byte[data.Length & 1]]);
        }

        return [.. webp];
    }
}
