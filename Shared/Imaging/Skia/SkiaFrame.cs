using SkiaSharp;

namespace ClassifierFunctions.Imaging;

/// <summary>A file of a format that Skia decodes as a whole: PNG, WebP, GIF, BMP.</summary>
internal sealed class SkiaFrame : EncodedImage
{
    // libwebp keeps another copy of a lossless picture.
    private const int WebPBytesPerPixel = 4;

    private readonly ReadOnlyMemory<byte> _encoded;
    private readonly LimitsOptions _limits;
    private readonly PooledBytes? _critical;
    private readonly GifFirstFrame? _gif;
    private readonly SkiaSource _source;
    private readonly bool _isGrey;

    private SkiaFrame(
        ImageFormat format, ReadOnlyMemory<byte> encoded, PooledBytes? critical, GifFirstFrame? gif, SkiaSource source, int orientation, LimitsOptions limits)
        : base(format, source.Codec.Info.Width, source.Codec.Info.Height, orientation)
    {
        (_encoded, _critical, _gif, _source, _limits) = (encoded, critical, gif, source, limits);
        _isGrey = source.Codec.Info.ColorType == SKColorType.Gray8;
    }

    // Skia copies a WebP file, and we a PNG file.
    public override long WorkingBytes => ((long)StoredWidth * StoredHeight * (Channels + Format switch
    {
        ImageFormat.Png => PngHeader.InterlaceBytesPerPixel(_encoded.Span),
        ImageFormat.WebP => WebPBytesPerPixel,
        _ => 0,
    })) + (Format is ImageFormat.WebP or ImageFormat.Png ? _encoded.Length : 0);

    private int Channels => _isGrey ? 1 : 4;

    /// <exception cref="Results.ClassifierException">The header is damaged, or says too many pixels.</exception>
    public static SkiaFrame Open(ImageFormat format, ReadOnlyMemory<byte> encoded, DecodeMeter meter, LimitsOptions limits)
    {
        var orientation = format switch
        {
            ImageFormat.Png => PngOrientation.Read(encoded.Span),
            ImageFormat.WebP => WebPOrientation.Read(encoded.Span),
            _ => 1,
        };
        var gif = format == ImageFormat.Gif ? GifFirstFrame.Read(encoded.Span) : null;
        var critical = format == ImageFormat.Png ? PngCriticalChunks.Copy(encoded.Span) : null;
        try
        {
            var source = SkiaSource.FromStream(format, critical?.Memory ?? encoded, meter, gif?.Opaque, limits.MaxImagePixels);
            return new SkiaFrame(format, encoded, critical, gif, source, orientation, limits);
        }
        catch
        {
            critical?.Dispose();
            throw;
        }
    }

    internal override int SupportedScale(int eighths) => JpegScale.Full;

    internal override PixelReader Read(int eighths, PixelRegion region, CancellationToken cancellationToken)
    {
        var meter = new DecodeMeter(_limits.MaxDecodeTime, ThreadProcessorTime.Now, cancellationToken);
        var frame = new PixelBuffer(StoredWidth * StoredHeight * Channels);
        try
        {
            var result = Decode(frame, meter);
            if (result != SKCodecResult.Success)
                throw DecodeFailures.Undecodable(Format, result == SKCodecResult.IncompleteInput ? "it ends before its last pixel" : "its data is damaged");
            for (var y = 0; y < StoredHeight && _gif is not null; y++)
                _gif.FillAround(frame.Span[(y * StoredWidth * Channels)..], y, StoredWidth);
            return new FrameReader(frame, StoredWidth * Channels, Channels, region);
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    public override void Dispose()
    {
        _source.Dispose();
        _critical?.Dispose();
    }

    private unsafe SKCodecResult Decode(PixelBuffer frame, DecodeMeter meter)
    {
        _source.Begin(meter);
        // Unpremultiplied keeps the colours under the alpha, which is then dropped; no colour space means no ICC conversion.
        var info = _isGrey
            ? new SKImageInfo(StoredWidth, StoredHeight, SKColorType.Gray8, SKAlphaType.Opaque, colorspace: null)
            : new SKImageInfo(StoredWidth, StoredHeight, SKColorType.Rgba8888, SKAlphaType.Unpremul, colorspace: null);
        fixed (byte* pixels = frame.Span)
        {
            var result = _source.Codec.GetPixels(info, (nint)pixels, StoredWidth * Channels, SKCodecOptions.Default);
            meter.ThrowIfStopped(Format);
            return result;
        }
    }
}
