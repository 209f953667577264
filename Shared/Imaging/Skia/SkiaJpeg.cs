using SkiaSharp;

namespace ClassifierFunctions.Imaging;

/// <summary>A JPEG file, decoded some rows at a time, at any number of eighths of its size.</summary>
internal sealed class SkiaJpeg : EncodedImage
{
    // Four components of two bytes, none of them subsampled, in whole units of up to 32 pixels.
    private const int MostCoefficientBytesPerPixel = 8;
    private const int LargestUnit = 32;

    private readonly SkiaSource _source;
    private readonly JpegMarkers _markers;
    private readonly LimitsOptions _limits;

    private SkiaJpeg(SkiaSource source, JpegMarkers markers, LimitsOptions limits)
        : base(ImageFormat.Jpeg, source.Codec.Info.Width, source.Codec.Info.Height, (int)source.Codec.EncodedOrigin)
        => (_source, _markers, _limits) = (source, markers, limits);

    public override long WorkingBytes => SkiaRowReader.WorkingBytes(StoredWidth) + (_markers.IsOneScan ? 0
        : _markers != default ? _markers.CoefficientBytes
        : (long)(StoredWidth + LargestUnit) * (StoredHeight + LargestUnit) * MostCoefficientBytesPerPixel);

    /// <exception cref="Results.ClassifierException">The header is damaged, or says too many pixels.</exception>
    public static SkiaJpeg Open(ReadOnlyMemory<byte> encoded, DecodeMeter meter, LimitsOptions limits)
    {
        var markers = JpegMarkers.Read(encoded.Span);
        // One scan decodes as its rows are asked for. Several are read through to the end in one call, which must be stoppable.
        if (markers.IsOneScan)
        {
            var memory = SkiaSource.FromMemory(ImageFormat.Jpeg, encoded, limits.MaxImagePixels);
            if ((memory.Codec.Info.Width, memory.Codec.Info.Height) == (markers.Width, markers.Height))
                return new SkiaJpeg(memory, markers, limits);
            memory.Dispose();
        }

        var stream = SkiaSource.FromStream(ImageFormat.Jpeg, encoded, meter, patch: null, limits.MaxImagePixels);
        var isAsRead = !markers.IsOneScan && (stream.Codec.Info.Width, stream.Codec.Info.Height) == (markers.Width, markers.Height);
        return new SkiaJpeg(stream, isAsRead ? markers : default, limits);
    }

    internal override int SupportedScale(int eighths) => eighths;

    internal override PixelReader Read(int eighths, PixelRegion region, CancellationToken cancellationToken)
    {
        var meter = new DecodeMeter(_limits.MaxDecodeTime, ThreadProcessorTime.Now, cancellationToken);
        _source.Begin(meter);
        var isGrey = _source.Codec.Info.ColorType == SKColorType.Gray8;
        var info = new SKImageInfo(
            JpegScale.Size(StoredWidth, eighths),
            JpegScale.Size(StoredHeight, eighths),
            isGrey ? SKColorType.Gray8 : SKColorType.Rgba8888,
            SKAlphaType.Opaque,
            colorspace: null);
        return new SkiaRowReader(_source.Codec, info, region, readToEnd: !_markers.HasEndOfImage, meter);
    }

    public override void Dispose() => _source.Dispose();
}
