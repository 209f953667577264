using System.Buffers;
using SkiaSharp;

namespace ClassifierFunctions.Imaging;

/// <summary>A Skia codec, and the encoded bytes that it reads.</summary>
internal sealed class SkiaSource : IDisposable
{
    private readonly MemoryHandle _pinned;
    private readonly SKData? _data;
    private readonly EncodedStream? _stream;

    private SkiaSource(SKCodec codec, MemoryHandle pinned, SKData? data, EncodedStream? stream)
        => (Codec, _pinned, _data, _stream) = (codec, pinned, data, stream);

    public SKCodec Codec { get; }

    /// <summary>Reads straight from memory: libjpeg-turbo is fastest then, but cannot be stopped within one call.</summary>
    /// <exception cref="Results.ClassifierException">The header is damaged, or says too many pixels.</exception>
    public static unsafe SkiaSource FromMemory(ImageFormat format, ReadOnlyMemory<byte> encoded, int maxPixels)
    {
        var pinned = encoded.Pin();
        var data = SKData.Create((nint)pinned.Pointer, encoded.Length);
        return Checked(format, SKCodec.Create(data), maxPixels, pinned, data, null);
    }

    /// <summary>Reads through a stream, which ends when the meter says so.</summary>
    /// <exception cref="Results.ClassifierException">The header is damaged, or says too many pixels.</exception>
    public static SkiaSource FromStream(ImageFormat format, ReadOnlyMemory<byte> encoded, DecodeMeter meter, BytePatch? patch, int maxPixels)
    {
        var stream = new EncodedStream(encoded) { Meter = meter, Patch = patch };
        var codec = SKCodec.Create(new SkiaStream(stream));
        if (codec is null)
            meter.ThrowIfStopped(format);
        return Checked(format, codec, maxPixels, default, null, stream);
    }

    /// <summary>Begins a decode, which the meter may end.</summary>
    public void Begin(DecodeMeter meter) => _stream?.Meter = meter;

    public void Dispose()
    {
        Codec.Dispose();
        _data?.Dispose();
        _pinned.Dispose();
    }

    private static SkiaSource Checked(ImageFormat format, SKCodec? codec, int maxPixels, MemoryHandle pinned, SKData? data, EncodedStream? stream)
    {
        try
        {
            if (codec is null)
                throw DecodeFailures.Undecodable(format, "its header is damaged or cut off");
            DecodeFailures.ThrowIfTooManyPixels(codec.Info.Width, codec.Info.Height, maxPixels);
            return new SkiaSource(codec, pinned, data, stream);
        }
        catch
        {
            codec?.Dispose();
            data?.Dispose();
            pinned.Dispose();
            throw;
        }
    }
}
