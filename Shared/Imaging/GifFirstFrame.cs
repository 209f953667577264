using System.Buffers.Binary;

namespace ClassifierFunctions.Imaging;

/// <summary>
/// What Pillow makes of the transparency of a GIF's first frame, and codecs do not: its <c>convert("RGB")</c> leaves transparent pixels, and the canvas
/// around the frame, in the colour that the palette has for them (GIF89a specification, sections 18 to 23).
/// </summary>
/// <param name="Area">Where the frame lies on the canvas, pixels.</param>
/// <param name="Background">R, G, B of the canvas around it.</param>
/// <param name="Opaque">The patch that makes the frame opaque; null when it is.</param>
internal sealed record GifFirstFrame(PixelRegion Area, byte[] Background, BytePatch? Opaque)
{
    private const int HeaderBytes = 13;
    private const int DescriptorBytes = 10;
    private const byte ExtensionIntroducer = 0x21;
    private const byte ImageSeparator = 0x2C;
    private const byte GraphicControl = 0xF9;
    private const byte GraphicControlBytes = 4;
    private const byte TransparencyFlag = 0x01;

    /// <summary>Null when the file ends before its first frame.</summary>
    public static GifFirstFrame? Read(ReadOnlySpan<byte> gif)
    {
        if (gif.Length < HeaderBytes)
            return null;
        var palette = Palette(gif[HeaderBytes..], gif[10]);
        var position = HeaderBytes + palette.Length;
        BytePatch? opaque = null;
        var transparent = 0;
        while (position + 6 < gif.Length && gif[position] == ExtensionIntroducer)
        {
            // There should be one; of several, the last counts.
            if (gif[position + 1] == GraphicControl && gif[position + 2] == GraphicControlBytes)
            {
                var isTransparent = (gif[position + 3] & TransparencyFlag) != 0;
                opaque = isTransparent ? new BytePatch(position + 3, (byte)(gif[position + 3] & ~TransparencyFlag)) : null;
                transparent = isTransparent ? gif[position + 6] : 0;
            }

            position += 2;
            while (position < gif.Length && gif[position] != 0)
                position += gif[position] + 1;
            position++;
        }

        if (position + DescriptorBytes > gif.Length || gif[position] != ImageSeparator)
            return null;
        var descriptor = gif.Slice(position, DescriptorBytes);
        if ((descriptor[9] & 0x80) != 0)
            palette = Palette(gif[(position + DescriptorBytes)..], descriptor[9]);
        var background = transparent * 3 + 3 <= palette.Length ? palette.Slice(transparent * 3, 3).ToArray() : new byte[3];
        return new GifFirstFrame(new PixelRegion(Word(descriptor[1..]), Word(descriptor[3..]), Word(descriptor[5..]), Word(descriptor[7..])), background, opaque);
    }

    /// <summary>Paints a row of the canvas where the frame does not cover it.</summary>
    /// <param name="row">Pixels of four bytes.</param>
    /// <param name="y">Which row.</param>
    /// <param name="width">Pixels of the row.</param>
    public void FillAround(Span<byte> row, int y, int width)
    {
        var (left, right) = y < Area.Y || y >= Area.Bottom ? (width, width) : (Math.Min(Area.X, width), Math.Min(Area.Right, width));
        Fill(row[..(left * 4)]);
        Fill(row[(right * 4)..(width * 4)]);
    }

    private void Fill(Span<byte> pixels)
    {
        for (var i = 0; i < pixels.Length; i += 4)
            Background.CopyTo(pixels[i..]);
    }

    private static ReadOnlySpan<byte> Palette(ReadOnlySpan<byte> gif, byte flags)
    {
        var length = (flags & 0x80) == 0 ? 0 : 3 << ((flags & 0x07) + 1);
        return gif[..Math.Min(length, gif.Length)];
    }

    private static int Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
