using System.IO.Compression;
using System.Text;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class PngOrientationTests
{
    private const string RawProfile = "Raw profile type exif";
    private const string Xmp = "XML:com.adobe.xmp";

    // Far more than a text may take, far less than the bombs hold.
    private const long MaxAllocated = 32 * 1024 * 1024;

    [Fact]
    public void Read_NoMetadata_IsOne() => Assert.Equal(1, PngOrientation.Read(Png()));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_ExifChunk_GivesItsOrientation(bool bigEndian) => Assert.Equal(6, PngOrientation.Read(Png(("eXIf", ExifData.Orientation(6, bigEndian)))));

    [Fact]
    public void Read_RawProfileText_GivesItsOrientation() => Assert.Equal(5, PngOrientation.Read(Png(Text(RawProfile, Profile(5)))));

    [Fact]
    public void Read_CompressedRawProfile_GivesItsOrientation() => Assert.Equal(7, PngOrientation.Read(Png(CompressedText(RawProfile, Profile(7)))));

    [Theory]
    [InlineData("<rdf:Description tiff:Orientation=\"3\" xmlns:tiff=\"http://ns.adobe.com/tiff/1.0/\"/>")]
    [InlineData("<rdf:Description><tiff:Orientation>3</tiff:Orientation></rdf:Description>")]
    public void Read_XmpInEitherNotation_GivesItsOrientation(string xmp)
    {
        Assert.Equal(3, PngOrientation.Read(Png(InternationalText(Xmp, xmp, isCompressed: false))));
        Assert.Equal(3, PngOrientation.Read(Png(InternationalText(Xmp, xmp, isCompressed: true))));
    }

    [Theory]
    [InlineData("<tiff:Orientation>0</tiff:Orientation>")]
    [InlineData("<tiff:Orientation>9</tiff:Orientation>")]
    [InlineData("<exif:Orientation>3</exif:Orientation>")]
    [InlineData("tiff:Orientation=\"")]
    public void Read_XmpWithoutOrientation_IsOne(string xmp) => Assert.Equal(1, PngOrientation.Read(Png(InternationalText(Xmp, xmp, isCompressed: false))));

    [Theory]
    // As in Pillow, whatever the order of the chunks.
    [InlineData("exif raw xmp", 2)]
    [InlineData("xmp raw exif", 2)]
    [InlineData("xmp raw", 3)]
    [InlineData("raw xmp", 3)]
    [InlineData("xmp", 4)]
    public void Read_Several_ExifThenRawProfileThenXmp(string kinds, int expected)
    {
        var chunks = kinds.Split(' ').Select(kind => kind switch
        {
            "exif" => ("eXIf", ExifData.Orientation(2)),
            "raw" => Text(RawProfile, Profile(3)),
            _ => InternationalText(Xmp, "tiff:Orientation=\"4\"", isCompressed: false),
        });

        Assert.Equal(expected, PngOrientation.Read(Png([.. chunks])));
    }

    [Fact]
    public void Read_ExifWithoutOrientation_FallsBackToXmp()
        => Assert.Equal(4, PngOrientation.Read(Png(("eXIf", [.. "MM\0*"u8, 0, 0, 0, 8, 0, 0]), InternationalText(Xmp, "tiff:Orientation=\"4\"", isCompressed: false))));

    [Theory]
    [InlineData("Raw profile type EXIF")]
    [InlineData("Comment")]
    [InlineData("")]
    public void Read_OtherKeyword_IsOne(string keyword) => Assert.Equal(1, PngOrientation.Read(Png(Text(keyword, Profile(6)), CompressedText(keyword, Profile(6)))));

    [Theory]
    [InlineData("")]
    [InlineData("\nexif\n")]
    [InlineData("\nexif\n 26\n4D4D002")]
    [InlineData("\nexif\n 26\nnothing hexadecimal")]
    public void Read_DamagedRawProfile_IsOne(string text)
        => Assert.Equal(1, PngOrientation.Read(Png(Text(RawProfile, text), CompressedText(RawProfile, text))));

    [Fact]
    public void Read_DamagedCompression_IsOne()
    {
        var (_, good) = CompressedText(RawProfile, Profile(6));
        var keyword = RawProfile.Length + 1;

        Assert.Equal(1, PngOrientation.Read(Png(("zTXt", [.. Encoding.Latin1.GetBytes(RawProfile), 0, 0, 1, 2, 3, 4]))));
        for (var length = 0; length < good.Length; length++)
            Assert.True(PngOrientation.Read(Png(("zTXt", good[..length]), ("iTXt", good[..length]))) is 1 or 6);
        Assert.Equal(1, PngOrientation.Read(Png(("zTXt", good[..(keyword + 1)]), ("zTXt", good[..keyword]), ("zTXt", []))));
    }

    [Fact]
    public void Read_CompressionWithDictionary_IsOne()
        // RFC 1950, section 2.2: the flag of a preset dictionary, and its identifier.
        => Assert.Equal(1, PngOrientation.Read(Png(("zTXt", [.. Encoding.Latin1.GetBytes(RawProfile), 0, 0, 0x78, 0x20, 1, 2, 3, 4, 5, 6, 7, 8]))));

    [Fact]
    public void Read_CompressedBomb_IsReadNoFurtherThanNeeded()
    {
        var png = Png(CompressedText(RawProfile, Profile(6) + new string(' ', 20_000_000)));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(6, PngOrientation.Read(png));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocated);
    }

    [Fact]
    public void Read_ThousandsOfCompressedBombs_AreNotAllInflated()
    {
        // A few kilobytes of file each would otherwise cost milliseconds each, before any limit of time counts.
        var bomb = CompressedText(RawProfile, new string(' ', 1_000_000));
        var png = Png([.. Enumerable.Repeat(bomb, 3000), ("eXIf", ExifData.Orientation(8))]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(8, PngOrientation.Read(png));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocated);
    }

    [Fact]
    public void Read_EveryCutAndRandomChange_NeverThrows()
    {
        var good = Png(
            ("eXIf", ExifData.Orientation(6)),
            Text(RawProfile, Profile(5)),
            CompressedText(RawProfile, Profile(5)),
            InternationalText(Xmp, "tiff:Orientation=\"4\"", isCompressed: true));
        for (var length = 0; length < good.Length; length++)
            Assert.InRange(PngOrientation.Read(good.AsSpan()[..length]), 1, 8);

        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            byte[] changed = [.. good];
            for (var n = random.Next(1, 6); n > 0; n--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            Assert.InRange(PngOrientation.Read(changed), 1, 8);
        }
    }

    [Fact]
    public void Read_CutInTheExifChunk_IsOne()
    {
        var png = Png(("eXIf", ExifData.Orientation(6)));
        var chunk = png.AsSpan().IndexOf("eXIf"u8);

        Assert.Equal(1, PngOrientation.Read(png.AsSpan()[..(chunk + 4 + 20)]));
    }

    private static byte[] Png(params (string Type, byte[] Data)[] chunks) => TestImages.Png(new UprightPixels(1, 1, new byte[3]), chunks);

    // As ImageMagick writes it.
    private static string Profile(int orientation)
    {
        var digits = Convert.ToHexStringLower([.. "Exif\0\0"u8, .. ExifData.Orientation(orientation)]);
        return $"\nexif\n      {digits.Length / 2}\n{digits[..30]}\n{digits[30..]}\n";
    }

    private static (string Type, byte[] Data) Text(string keyword, string text) => ("tEXt", Encoding.Latin1.GetBytes(keyword + "\0" + text));

    private static (string Type, byte[] Data) CompressedText(string keyword, string text) => ("zTXt", [.. Encoding.Latin1.GetBytes(keyword), 0, 0, .. Deflate(text)]);

    private static (string Type, byte[] Data) InternationalText(string keyword, string text, bool isCompressed)
        => ("iTXt", [.. Encoding.Latin1.GetBytes(keyword), 0, (byte)(isCompressed ? 1 : 0), 0, .. "en\0word\0"u8, .. isCompressed ? Deflate(text) : Encoding.UTF8.GetBytes(text)]);

    private static byte[] Deflate(string text)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal))
            zlib.Write(Encoding.Latin1.GetBytes(text));
        return compressed.ToArray();
    }
}
