namespace ClassifierFunctions.Imaging;

/// <summary>The last few rows of an image, which is all that a resize across rows needs at a time.</summary>
internal sealed class RowRing : IDisposable
{
    private const int Alignment = 32;

    private readonly PixelBuffer _buffer;
    private readonly int _stride;

    /// <param name="rowBytes">Bytes of a row.</param>
    /// <param name="capacity">Rows that are kept.</param>
    public RowRing(int rowBytes, int capacity)
    {
        RowBytes = rowBytes;
        Capacity = capacity;
        // Whole vectors, and a row's slack before the next row begins.
        _stride = ((rowBytes + Alignment - 1) / Alignment * Alignment) + PixelBuffer.Slack;
        _buffer = new PixelBuffer(_stride * capacity);
    }

    public int RowBytes { get; }

    public int Capacity { get; }

    public ReadOnlySpan<byte> Memory => _buffer.Span;

    /// <summary>Where a row of the image begins in <see cref="Memory"/>.</summary>
    public int Offset(int row) => row % Capacity * _stride;

    /// <summary>A row of the image, with <see cref="PixelBuffer.Slack"/> bytes behind it.</summary>
    public Span<byte> Row(int row) => _buffer.Span.Slice(Offset(row), RowBytes + PixelBuffer.Slack);

    public void Dispose() => _buffer.Dispose();
}
