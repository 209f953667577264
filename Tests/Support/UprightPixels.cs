using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Tests.Support;

/// <summary>A whole decoded picture, set upright the slow and obvious way: an oracle for code that never turns it.</summary>
internal sealed record UprightPixels(int Width, int Height, byte[] Rgb)
{
    public static UprightPixels Read(EncodedImage image, int eighths = JpegScale.Full)
    {
        var (width, height) = (JpegScale.Size(image.StoredWidth, eighths), JpegScale.Size(image.StoredHeight, eighths));
        var stored = ReadStored(image, eighths, new PixelRegion(0, 0, width, height));
        var upright = new UprightPixels(image.LiesOnSide ? height : width, image.LiesOnSide ? width : height, new byte[stored.Length]);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (u, v) = Place(image.Orientation, width, height, x, y);
                stored.AsSpan(((y * width) + x) * 3, 3).CopyTo(upright.Rgb.AsSpan(((v * upright.Width) + u) * 3));
            }
        }

        return upright;
    }

    /// <summary>The image that stores this picture under an orientation.</summary>
    public RawImage Store(int orientation)
    {
        var (width, height) = orientation >= 5 ? (Height, Width) : (Width, Height);
        var stored = new byte[Rgb.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (u, v) = Place(orientation, width, height, x, y);
                Rgb.AsSpan(((v * Width) + u) * 3, 3).CopyTo(stored.AsSpan(((y * width) + x) * 3));
            }
        }

        return new RawImage(width, height, stored, orientation);
    }

    /// <summary>A region of the stored picture as R G B, row by row.</summary>
    public static byte[] ReadStored(EncodedImage image, int eighths, PixelRegion region)
    {
        using var reader = image.Read(eighths, region, CancellationToken.None);
        var rgb = new List<byte>(region.Width * region.Height * 3);
        while (true)
        {
            var rows = reader.Read();
            if (rows.Count == 0)
                return [.. rgb];
            for (var y = 0; y < rows.Count; y++)
            {
                var row = rows.Row(y);
                for (var x = 0; x < region.Width; x++)
                {
                    if (reader.Channels == 1)
                        rgb.AddRange([row[x], row[x], row[x]]);
                    else
                        rgb.AddRange(row.Slice(x * 4, 3));
                }
            }
        }
    }
    // EXIF 2.3, table 6: where row 0 and column 0 of the stored picture lie.
    private static (int X, int Y) Place(int orientation, int width, int height, int x, int y) => orientation switch
    {
        2 => (width - 1 - x, y),
        3 => (width - 1 - x, height - 1 - y),
        4 => (x, height - 1 - y),
        5 => (y, x),
        6 => (height - 1 - y, x),
        7 => (height - 1 - y, width - 1 - x),
        8 => (y, width - 1 - x),
        _ => (x, y),
    };
}
