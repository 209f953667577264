namespace ClassifierFunctions.Imaging;

/// <summary>The transparency of a GIF's first frame (GIF89a specification, section 23, Graphic Control Extension).</summary>
internal static class GifTransparency
{
    private const int HeaderBytes = 13;
    private const byte ExtensionIntroducer = 0x21;
    private const byte GraphicControl = 0xF9;
    private const byte TransparencyFlag = 0x01;

    /// <summary>
    /// The patches that make the first frame opaque. Codecs give transparent pixels as black, but dropping alpha, as Pillow's
    /// <c>convert("RGB")</c> does, must leave the colour that the palette has for them.
    /// </summary>
    public static IReadOnlyList<BytePatch> Off(ReadOnlySpan<byte> gif)
    {
        var patches = new List<BytePatch>();
        if (gif.Length < HeaderBytes)
            return patches;
        var position = HeaderBytes + ColourTableBytes(gif[10]);
        while (position + 4 < gif.Length && gif[position] == ExtensionIntroducer)
        {
            if (gif[position + 1] == GraphicControl && (gif[position + 3] & TransparencyFlag) != 0)
                patches.Add(new BytePatch(position + 3, (byte)(gif[position + 3] & ~TransparencyFlag)));
            position += 2;
            while (position < gif.Length && gif[position] != 0)
                position += gif[position] + 1;
            position++;
        }

        return patches;
    }

    private static int ColourTableBytes(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 0x07) + 1);
}
