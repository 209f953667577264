using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Training.Photos;

/// <summary>A part of a picture in memory, for the engine's own resize.</summary>
internal sealed class PixelImage(RgbImage image, PixelRegion part) : EncodedImage(ImageFormat.Png, part.Width, part.Height, orientation: 1)
{
    public override long WorkingBytes => part.Width * part.Height * 4L;

    /// <summary>Resizes it to an exact size.</summary>
    public RgbImage Resize(int width, int height, ResampleFilter filter) => ImageReading.ReadAt(this, width, height, filter);

    public override void Dispose()
    {
    }

    internal override int SupportedScale(int eighths) => JpegScale.Full;

    internal override PixelReader Read(int eighths, PixelRegion region, CancellationToken cancellationToken)
    {
        var frame = new PixelBuffer(part.Width * part.Height * 4);
        var pixels = frame.Span;
        for (var y = 0; y < part.Height; y++)
        {
            for (var x = 0; x < part.Width; x++)
            {
                image.Pixels.AsSpan((((part.Y + y) * image.Width) + part.X + x) * 3, 3).CopyTo(pixels[(((y * part.Width) + x) * 4)..]);
            }
        }

        return new FrameReader(frame, part.Width * 4, 4, region);
    }
}
