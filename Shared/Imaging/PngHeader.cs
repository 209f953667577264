namespace ClassifierFunctions.Imaging;

/// <summary>Fields of a PNG file's first chunk (PNG specification, section 11.2.2).</summary>
internal static class PngHeader
{
    private const int BitDepthAt = 24;
    private const int ColourTypeAt = 25;
    private const int InterlaceAt = 28;

    /// <summary>What a decoder keeps of every pixel until the last pass of an interlaced file; 0 when the file is not interlaced.</summary>
    public static int InterlaceBytesPerPixel(ReadOnlySpan<byte> png)
    {
        if (png.Length <= InterlaceAt || png[InterlaceAt] == 0)
            return 0;
        var samples = png[ColourTypeAt] switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        return samples * (png[BitDepthAt] == 16 ? 2 : 1);
    }
}
