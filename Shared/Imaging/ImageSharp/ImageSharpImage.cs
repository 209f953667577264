using SixLabors.ImageSharp;

namespace ClassifierFunctions.Imaging;

/// <summary>A file that ImageSharp decodes as a whole; a JPEG at an eighth, a quarter or half of its size too.</summary>
internal sealed class ImageSharpImage(
    ImageFormat format, EncodedStream stream, PooledBytes? critical, GifFirstFrame? gif,
    int storedWidth, int storedHeight, int orientation, JpegMarkers markers, LimitsOptions limits)
    : EncodedImage(format, storedWidth, storedHeight, orientation)
{
    // The picture itself, and what decoders keep beside it: frames of WebP and GIF, an interlaced PNG's rows.
    private const int BytesPerPixel = 4;
    private const int CodecBytesPerPixel = 4;

    public override long WorkingBytes => ((long)StoredWidth * StoredHeight * BytesPerPixel)
        + (Format == ImageFormat.Jpeg && markers.IsOneScan ? 0
            : Format == ImageFormat.Jpeg && markers != default ? markers.CoefficientBytes
            : (long)StoredWidth * StoredHeight * CodecBytesPerPixel);

    public override void Dispose()
    {
        stream.Dispose();
        critical?.Dispose();
    }

    internal override int SupportedScale(int eighths) => Format == ImageFormat.Jpeg
        ? eighths switch { <= 1 => 1, 2 => 2, <= 4 => 4, _ => JpegScale.Full }
        : JpegScale.Full;

    internal override PixelReader Read(int eighths, PixelRegion region, CancellationToken cancellationToken)
    {
        var meter = new DecodeMeter(limits.MaxDecodeTime, ThreadProcessorTime.Now, cancellationToken);
        (stream.Meter, stream.Position) = (meter, 0);
        var size = new Size(JpegScale.Size(StoredWidth, eighths), JpegScale.Size(StoredHeight, eighths));
        var image = ImageSharpCodec.Run(Format, meter, () => ImageSharpCodec.Decode(Format, stream, size));
        try
        {
            meter.ThrowIfStopped(Format);
            if (image.Size != size)
                throw DecodeFailures.Undecodable(Format, "its pixels are not as many as its header says");
            return new ImageSharpReader(image, gif, region);
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }
}
