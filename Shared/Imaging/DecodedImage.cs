namespace ClassifierFunctions.Imaging;

/// <summary>An upright image: <see cref="Width"/> x <see cref="Height"/> pixels of three bytes, R G B, row by row, in a pooled buffer.</summary>
public sealed class DecodedImage : IDisposable
{
    private byte[]? _buffer;

    /// <param name="format">The content's format.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="buffer">Rented from <see cref="PixelPool"/>, at least width x height x 3 long; owned from here on.</param>
    internal DecodedImage(ImageFormat format, int width, int height, byte[] buffer)
    {
        Format = format;
        Width = width;
        Height = height;
        _buffer = buffer;
    }

    public ImageFormat Format { get; }

    public int Width { get; }

    public int Height { get; }

    public ReadOnlySpan<byte> Rgb
    {
        get
        {
            ObjectDisposedException.ThrowIf(_buffer is null, this);
            return _buffer.AsSpan(0, Width * Height * 3);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
            PixelPool.Return(buffer);
    }
}
