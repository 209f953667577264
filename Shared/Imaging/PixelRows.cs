namespace ClassifierFunctions.Imaging;

/// <summary>Some rows of pixels, valid until the next ones are read.</summary>
/// <param name="bytes">The rows, with <see cref="PixelBuffer.Slack"/> bytes behind the last one.</param>
/// <param name="stride">Bytes from row to row.</param>
/// <param name="count">Number of rows.</param>
internal readonly ref struct PixelRows(ReadOnlySpan<byte> bytes, int stride, int count)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Count => count;

    /// <summary>A row, and what is behind it.</summary>
    public ReadOnlySpan<byte> Row(int row) => _bytes[(row * stride)..];
}
