using Microsoft.Extensions.Options;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;

namespace ClassifierFunctions.Imaging;

/// <summary>Decodes with ImageSharp: managed code only, slower, no native library.</summary>
internal sealed class ImageSharpDecoder(IOptions<LimitsOptions> limits) : IImageDecoder
{
    public EncodedImage Open(ReadOnlyMemory<byte> encoded, CancellationToken cancellationToken)
    {
        var format = ImageFormats.Detect(encoded.Span);
        var markers = format == ImageFormat.Jpeg ? JpegMarkers.Read(encoded.Span) : default;
        // ImageSharp paints what is missing black; a cut-off upload must not be classified as if it were whole.
        var hasEnd = markers == default ? encoded.Span.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0 : markers.HasEndOfImage;
        if (format == ImageFormat.Jpeg && !hasEnd)
            throw DecodeFailures.Undecodable(format, "it ends before its last pixel");

        var gif = format == ImageFormat.Gif ? GifFirstFrame.Read(encoded.Span) : null;
        var critical = format == ImageFormat.Png ? PngCriticalChunks.Copy(encoded.Span) : null;
        try
        {
            var meter = new DecodeMeter(limits.Value.MaxDecodeTime, ThreadProcessorTime.Now, cancellationToken);
            var stream = new EncodedStream(critical?.Memory ?? encoded) { Meter = meter, Patch = gif?.Opaque, ThrowsWhenStopped = true };
            var header = ImageSharpCodec.Run(format, meter, () => Image.Identify(ImageSharpCodec.Options(), stream));
            DecodeFailures.ThrowIfTooManyPixels(header.Width, header.Height, limits.Value.MaxImagePixels);
            var orientation = Orientation(format, encoded.Span, header);
            var image = new ImageSharpImage(format, stream, critical, gif, header.Width, header.Height, orientation, markers, limits.Value);
            DecodeFailures.ThrowIfTooMuchMemory(image.WorkingBytes, header.Width, header.Height, limits.Value);
            return image;
        }
        catch
        {
            critical?.Dispose();
            throw;
        }
    }

    private static int Orientation(ImageFormat format, ReadOnlySpan<byte> encoded, ImageInfo header) => format switch
    {
        ImageFormat.Jpeg => header.Metadata.ExifProfile is { } exif && exif.TryGetValue(ExifTag.Orientation, out var orientation) ? orientation.Value : 1,
        ImageFormat.Png => PngOrientation.Read(encoded),
        ImageFormat.WebP => WebPOrientation.Read(encoded),
        _ => 1,
    };
}
