using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Imaging;

/// <summary>Decodes with Skia: libjpeg-turbo, libpng and libwebp behind one API.</summary>
internal sealed class SkiaDecoder(IOptions<LimitsOptions> limits) : IImageDecoder
{
    public EncodedImage Open(ReadOnlyMemory<byte> encoded, CancellationToken cancellationToken)
    {
        var format = ImageFormats.Detect(encoded.Span);
        var meter = new DecodeMeter(limits.Value.MaxDecodeTime, ThreadProcessorTime.Now, cancellationToken);
        EncodedImage image = format == ImageFormat.Jpeg
            ? SkiaJpeg.Open(encoded, meter, limits.Value)
            : SkiaFrame.Open(format, encoded, meter, limits.Value);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            DecodeFailures.ThrowIfTooMuchMemory(image.WorkingBytes, image.StoredWidth, image.StoredHeight, limits.Value);
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }
}
