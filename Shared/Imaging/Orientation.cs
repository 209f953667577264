namespace ClassifierFunctions.Imaging;

/// <summary>EXIF orientation, tag 0x0112 of the EXIF 2.3 specification: how stored pixels become the upright picture.</summary>
internal static class Orientation
{
    /// <summary>True for the four orientations in which a stored row is a column of the upright picture.</summary>
    public static bool SwapsSides(int orientation) => orientation is >= 5 and <= 8;

    /// <summary>Writes the upright picture.</summary>
    /// <param name="orientation">1 to 8; anything else counts as 1.</param>
    /// <param name="source">Stored pixels, <paramref name="width"/> x <paramref name="height"/>.</param>
    /// <param name="sourceStride">Bytes per stored pixel, 3 or 4; the first three are R G B.</param>
    /// <param name="rgb">Upright pixels of three bytes; may be the same memory as the source when orientation is 1.</param>
    public static void Apply(int orientation, ReadOnlySpan<byte> source, int width, int height, int sourceStride, Span<byte> rgb)
    {
        // The upright position of stored pixel (x, y) is origin + x * perColumn + y * perRow.
        var (origin, perColumn, perRow) = orientation switch
        {
            2 => (width - 1, -1, width),
            3 => ((width * height) - 1, -1, -width),
            4 => (width * (height - 1), 1, -width),
            5 => (0, height, 1),
            6 => (height - 1, height, -1),
            7 => ((width * height) - 1, -height, -1),
            8 => (height * (width - 1), -height, 1),
            _ => (0, 1, width),
        };
        var s = 0;
        for (var y = 0; y < height; y++)
        {
            var target = origin + (y * perRow);
            for (var x = 0; x < width; x++, s += sourceStride, target += perColumn)
            {
                // Read all three first: source and target may overlap.
                var (r, g, b) = (source[s], source[s + 1], source[s + 2]);
                var t = target * 3;
                rgb[t] = r;
                rgb[t + 1] = g;
                rgb[t + 2] = b;
            }
        }
    }
}
