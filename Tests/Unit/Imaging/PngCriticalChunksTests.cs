using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class PngCriticalChunksTests
{
    private static readonly UprightPixels Pixels = new(3, 2, [.. Enumerable.Range(0, 18).Select(i => (byte)(i * 11))]);

    [Fact]
    public void Copy_AncillaryChunks_AreLeftOut()
    {
        var plain = TestImages.Png(Pixels);

        using var copy = PngCriticalChunks.Copy(TestImages.Png(Pixels, ("tEXt", "Comment\0hello"u8.ToArray()), ("gAMA", new byte[4]), ("eXIf", new byte[20])));

        Assert.Equal(plain, copy.Memory.ToArray());
    }

    [Fact]
    public void Copy_PaletteAndTransparency_AreKept()
    {
        var png = TestImages.Png(Pixels, ("PLTE", new byte[6]), ("tRNS", new byte[6]));

        using var copy = PngCriticalChunks.Copy(png);

        Assert.Equal(png, copy.Memory.ToArray());
    }

    [Fact]
    public void Copy_WrongChecksumOfPixels_IsMadeRight()
    {
        var png = TestImages.Png(Pixels);
        var damaged = png.ToArray();
        // IEND has 12 bytes; in front of it ends IDAT with its checksum.
        damaged[^13] ^= 0x5A;

        using var copy = PngCriticalChunks.Copy(damaged);

        Assert.Equal(png, copy.Memory.ToArray());
    }

    [Fact]
    public void Copy_WrongChecksumOfHeader_IsKept()
    {
        var damaged = TestImages.Png(Pixels);
        damaged[29] ^= 0x5A;

        using var copy = PngCriticalChunks.Copy(damaged);

        Assert.Equal(damaged, copy.Memory.ToArray());
    }

    [Fact]
    public void Copy_AnyCut_IsNoLongerThanTheFile()
    {
        var png = TestImages.Png(Pixels, ("tEXt", "Comment\0hello"u8.ToArray()));
        for (var length = 0; length <= png.Length; length++)
        {
            using var copy = PngCriticalChunks.Copy(png.AsSpan(0, length));
            Assert.InRange(copy.Memory.Length, 0, length);
        }
    }

    [Theory]
    [InlineData("Comment\0\0")]
    [InlineData("Raw profile type exif\0\0")]
    [InlineData("XML:com.adobe.xmp\0\0")]
    public void Process_HundredsOfTextBombs_CostsNothing(string head)
    {
        // Each of some 8 KB becomes 7.9 MB, which decoders unpack and keep.
        using var text = new MemoryStream();
        text.Write(Encoding.Latin1.GetBytes(head));
        using (var zlib = new ZLibStream(text, CompressionLevel.SmallestSize, leaveOpen: true))
            zlib.Write(new byte[7_900_000]);
        var png = TestImages.Png(Pixels, [.. Enumerable.Repeat(("zTXt", text.ToArray()), 900)]);
        var preprocessor = new Preprocessor(new PreprocessorConfig { ResizeWidth = 3, ResizeHeight = 2 }, TensorLayout.Nhwc, TensorElement.UInt8, 3);
        var before = ThreadProcessorTime.Now();

        Assert.Equal(Pixels.Rgb, preprocessor.Process(png));
        Assert.InRange(ThreadProcessorTime.Now() - before, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }
}
