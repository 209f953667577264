using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class PngHeaderTests
{
    [Theory]
    // Colour types of the PNG specification, table 11.1: samples per pixel, of one byte, or of two at depth 16.
    [InlineData(1, 0, 1)]
    [InlineData(8, 0, 1)]
    [InlineData(16, 0, 2)]
    [InlineData(8, 2, 3)]
    [InlineData(16, 2, 6)]
    [InlineData(4, 3, 1)]
    [InlineData(8, 3, 1)]
    [InlineData(8, 4, 2)]
    [InlineData(16, 4, 4)]
    [InlineData(8, 6, 4)]
    [InlineData(16, 6, 8)]
    public void InterlaceBytesPerPixel_Interlaced_IsTheSizeOfAPixel(byte depth, byte colourType, int expected)
    {
        Assert.Equal(expected, PngHeader.InterlaceBytesPerPixel(Header(depth, colourType, interlace: 1)));
        Assert.Equal(0, PngHeader.InterlaceBytesPerPixel(Header(depth, colourType, interlace: 0)));
    }

    [Fact]
    public void InterlaceBytesPerPixel_CutOff_IsNone()
    {
        var header = Header(8, 6, interlace: 1);
        for (var length = 0; length < header.Length; length++)
            Assert.Equal(0, PngHeader.InterlaceBytesPerPixel(header.AsSpan()[..length]));
    }

    // Signature, length, type, width, height, depth, colour type, compression, filter, interlace.
    private static byte[] Header(byte depth, byte colourType, byte interlace)
        => [.. Convert.FromHexString("89504E470D0A1A0A" + "0000000D" + "49484452" + "00000010" + "00000010"), depth, colourType, 0, 0, interlace];
}
