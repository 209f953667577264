using Microsoft.Extensions.Options;
using SkiaSharp;

namespace ClassifierFunctions.Imaging;

/// <summary>Decodes with Skia: libjpeg-turbo, libpng and libwebp behind one API.</summary>
internal sealed class SkiaDecoder(IOptions<LimitsOptions> limits) : IImageDecoder
{
    // Skia has no three-byte pixels.
    private const int BytesPerPixel = 4;

    public unsafe DecodedImage Decode(ReadOnlyMemory<byte> encoded, CancellationToken cancellationToken)
    {
        var format = ImageFormats.Detect(encoded.Span);
        using var pinned = encoded.Pin();
        using var data = SKData.Create((nint)pinned.Pointer, encoded.Length);
        using var codec = SKCodec.Create(data)
            ?? throw DecodeFailures.Undecodable(format, "its header is damaged or cut off");

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        DecodeFailures.ThrowIfTooManyPixels(width, height, limits.Value.MaxImagePixels);
        cancellationToken.ThrowIfCancellationRequested();

        // Unpremultiplied keeps the colours under the alpha, which is then dropped; no colour space means no ICC conversion.
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul, colorspace: null);
        var buffer = PixelPool.Rent(width * height * BytesPerPixel);
        try
        {
            SKCodecResult result;
            fixed (byte* pixels = buffer)
                result = codec.GetPixels(info, (nint)pixels, width * BytesPerPixel, SKCodecOptions.Default);
            if (result != SKCodecResult.Success)
            {
                throw DecodeFailures.Undecodable(format, result == SKCodecResult.IncompleteInput
                    ? "it ends before its last pixel"
                    : "its data is damaged");
            }

            cancellationToken.ThrowIfCancellationRequested();
            return Upright(format, (int)codec.EncodedOrigin, width, height, ref buffer);
        }
        finally
        {
            if (buffer is not null)
                PixelPool.Return(buffer);
        }
    }

    // Takes the buffer over when it can be packed in place.
    private static DecodedImage Upright(ImageFormat format, int orientation, int width, int height, ref byte[]? buffer)
    {
        var rgba = buffer!;
        if (orientation <= 1)
        {
            Orientation.Apply(orientation, rgba, width, height, BytesPerPixel, rgba);
            buffer = null;
            return new DecodedImage(format, width, height, rgba);
        }

        var rgb = PixelPool.Rent(width * height * 3);
        Orientation.Apply(orientation, rgba, width, height, BytesPerPixel, rgb);
        return Orientation.SwapsSides(orientation)
            ? new DecodedImage(format, height, width, rgb)
            : new DecodedImage(format, width, height, rgb);
    }
}
