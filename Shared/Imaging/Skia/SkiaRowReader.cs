using SkiaSharp;

namespace ClassifierFunctions.Imaging;

/// <summary>Reads rows of a JPEG file. Columns beside the region are not transformed, and rows below it are not decoded at all.</summary>
internal sealed unsafe class SkiaRowReader : PixelReader
{
    private const int StripBytes = 256 * 1024;
    private const int MaxStripRows = 64;

    // Chroma is interpolated between neighbours; at the edge of what is decoded there are none, so the edge is kept away from the region.
    private const int Margin = 16;

    // Rows of samples in and around libjpeg-turbo's stages, for a pixel of four components; measured at about that.
    private const int CodecBytesPerColumn = 256;

    private readonly SKCodec _codec;
    private readonly PixelRegion _region;
    private readonly DecodeMeter _meter;
    private readonly int _end;
    private readonly int _left;
    private readonly int _stride;
    private readonly PixelBuffer _strip;
    private int _row;

    /// <param name="codec">Of a JPEG file.</param>
    /// <param name="info">The whole image at the wanted scale.</param>
    /// <param name="region">The wanted part of that.</param>
    /// <param name="readToEnd">Decode what is below the region too, to see whether it is there.</param>
    /// <param name="meter">Of this decode.</param>
    public SkiaRowReader(SKCodec codec, SKImageInfo info, PixelRegion region, bool readToEnd, DecodeMeter meter)
    {
        (_codec, _region, _meter) = (codec, region, meter);
        _end = readToEnd ? info.Height : region.Bottom;
        Channels = info.BytesPerPixel;
        _left = Math.Max(region.X - Margin, 0);
        var right = Math.Min(region.Right + Margin, info.Width);
        _stride = (right - _left) * Channels;

        // "Zero initialised" keeps Skia from filling rows that are missing: SkiaSharp's subset is gone by then, and it would fill wild memory.
        var options = new SKCodecOptions(SKZeroInitialized.Yes, new SKRectI(_left, 0, right, info.Height));
        var result = codec.StartScanlineDecode(info, options);
        meter.ThrowIfStopped(ImageFormat.Jpeg);
        if (result != SKCodecResult.Success)
            throw DecodeFailures.Undecodable(ImageFormat.Jpeg, "its data is damaged or cut off");
        var isSkipped = region.Y == 0 || codec.SkipScanlines(region.Y);
        meter.ThrowIfStopped(ImageFormat.Jpeg);
        if (!isSkipped)
            throw CutOff();
        _row = region.Y;
        _strip = new PixelBuffer(_stride * Math.Clamp(StripBytes / _stride, 1, MaxStripRows));
    }

    public override int Channels { get; }

    public static long WorkingBytes(int storedWidth) => StripBytes + ((long)storedWidth * CodecBytesPerColumn);

    public override PixelRows Read()
    {
        while (_row < _end)
        {
            var wanted = Math.Min(_strip.Length / _stride, _end - _row);
            int rows;
            fixed (byte* pixels = _strip.Span)
                rows = _codec.GetScanlines((nint)pixels, wanted, _stride);
            _meter.ThrowIfStopped(ImageFormat.Jpeg);
            if (rows < wanted)
                throw CutOff();
            _row += rows;
            if (_row - rows < _region.Bottom)
                return new PixelRows(_strip.Span[((_region.X - _left) * Channels)..], _stride, Math.Min(rows, _region.Bottom - (_row - rows)));
        }

        return default;
    }

    public override void Dispose() => _strip.Dispose();

    private static Results.ClassifierException CutOff() => DecodeFailures.Undecodable(ImageFormat.Jpeg, "it ends before its last pixel");
}
