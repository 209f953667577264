using System.Runtime.InteropServices;

namespace ClassifierFunctions.Imaging;

/// <summary>
/// Memory for pixels: from <see cref="PixelPool"/> up to its size, beyond it native memory that goes back to the system when this is disposed,
/// so that one huge picture costs its memory only while it is decoded.
/// </summary>
internal sealed unsafe class PixelBuffer : IDisposable
{
    /// <summary>Bytes behind the asked-for length that may be read and written: vector code handles up to so many at once.</summary>
    public const int Slack = 64;

    private byte[]? _pooled;
    private void* _native;

    /// <param name="length">Bytes wanted. Their content is whatever was there before.</param>
    public PixelBuffer(int length)
    {
        Length = length;
        if (length + Slack <= PixelPool.MaxBytes)
            _pooled = PixelPool.Rent(length + Slack);
        else
            _native = NativeMemory.Alloc((nuint)length + Slack);
    }

    // Native memory of an image that an exception left behind; pooled memory needs no help.
    ~PixelBuffer() => Free();

    public int Length { get; }

    /// <summary>The bytes, and <see cref="Slack"/> more.</summary>
    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_pooled is null && _native is null, this);
            return _pooled is not null ? _pooled.AsSpan(0, Length + Slack) : new Span<byte>(_native, Length + Slack);
        }
    }

    public void Dispose()
    {
        if (_pooled is not null)
            PixelPool.Return(_pooled);
        _pooled = null;
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.Free(_native);
        _native = null;
    }
}
