using SkiaSharp;

namespace ClassifierFunctions.Training.Degradations;

/// <summary>Encodes pictures, as a camera or an editing program does.</summary>
internal static class ImageFile
{
    /// <summary>A JPEG, compressed as often as there are steps; the last one is what the file has.</summary>
    /// <returns>The file; a PNG when there are no steps.</returns>
    public static byte[] Encode(RgbImage image, IReadOnlyList<Compression> steps)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, SKColorType.Rgb888x, SKAlphaType.Opaque));
        using var pixmap = bitmap.PeekPixels()!;
        var pixels = pixmap.GetPixelSpan<byte>();
        for (var i = 0; i < image.Width * image.Height; i++)
            image.Pixels.AsSpan(i * 3, 3).CopyTo(pixels[(i * 4)..]);
        if (steps.Count == 0)
        {
            using var png = pixmap.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub, 1));
            return png!.ToArray();
        }

        var file = Compress(bitmap, steps[0]);
        foreach (var step in steps.Skip(1))
        {
            using var decoded = SKBitmap.Decode(file);
            file = Compress(decoded, step);
        }

        return file;
    }

    private static byte[] Compress(SKBitmap bitmap, Compression compression)
    {
        using var pixmap = bitmap.PeekPixels();
        var sampling = compression.HalvesColour ? SKJpegEncoderDownsample.Downsample420 : SKJpegEncoderDownsample.Downsample444;
        using var jpeg = pixmap!.Encode(new SKJpegEncoderOptions(compression.Quality, sampling, SKJpegEncoderAlphaOption.Ignore));
        return jpeg!.ToArray();
    }
}
