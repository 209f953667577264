using ClassifierFunctions.Results;
using Microsoft.Extensions.Options;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;

namespace ClassifierFunctions.Imaging;

/// <summary>Decodes with ImageSharp: managed code only, slower, no native library.</summary>
internal sealed class ImageSharpDecoder(IOptions<LimitsOptions> limits) : IImageDecoder
{
    private static readonly DecoderOptions Options = new() { MaxFrames = 1 };

    public DecodedImage Decode(ReadOnlyMemory<byte> encoded, CancellationToken cancellationToken)
    {
        var format = ImageFormats.Detect(encoded.Span);
        // ImageSharp paints what is missing black; a cut-off upload must not be classified as if it were whole.
        if (format == ImageFormat.Jpeg && !JpegMarkers.HasEndOfImage(encoded.Span))
            throw DecodeFailures.Undecodable(format, "it ends before its last pixel");
        try
        {
            var header = Image.Identify(Options, encoded.Span);
            DecodeFailures.ThrowIfTooManyPixels(header.Width, header.Height, limits.Value.MaxImagePixels);
            cancellationToken.ThrowIfCancellationRequested();

            using var image = Image.Load<Rgb24>(Options, encoded.Span);
            cancellationToken.ThrowIfCancellationRequested();
            return Upright(format, image);
        }
        catch (Exception failure) when (failure is not (ClassifierException or OperationCanceledException or OutOfMemoryException))
        {
            // Besides its own exceptions, damaged files make it throw NullReferenceException and others: the file's fault, not ours.
            throw DecodeFailures.Undecodable(format, "it is damaged or cut off", failure);
        }
    }

    private static DecodedImage Upright(ImageFormat format, Image<Rgb24> image)
    {
        var (width, height) = (image.Width, image.Height);
        var orientation = image.Metadata.ExifProfile is { } exif && exif.TryGetValue(ExifTag.Orientation, out var value) ? value.Value : 1;
        var rgb = PixelPool.Rent(width * height * 3);
        if (orientation is < 2 or > 8)
        {
            image.CopyPixelDataTo(rgb.AsSpan(0, width * height * 3));
            return new DecodedImage(format, width, height, rgb);
        }

        var stored = PixelPool.Rent(width * height * 3);
        image.CopyPixelDataTo(stored.AsSpan(0, width * height * 3));
        Orientation.Apply(orientation, stored, width, height, 3, rgb);
        PixelPool.Return(stored);
        return Orientation.SwapsSides(orientation)
            ? new DecodedImage(format, height, width, rgb)
            : new DecodedImage(format, width, height, rgb);
    }
}
