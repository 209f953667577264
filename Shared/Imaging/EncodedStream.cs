namespace ClassifierFunctions.Imaging;

/// <summary>
/// An encoded image as a codec reads it: with a byte changed on the way, and ending early when the <see cref="Meter"/> says so.
/// </summary>
internal sealed class EncodedStream(ReadOnlyMemory<byte> encoded) : Stream
{
    private int _position;

    /// <summary>Ends the stream early; nothing does while it is null.</summary>
    public DecodeMeter? Meter { get; set; }

    /// <summary>Throws instead of ending early: for managed codecs, which would go on with what they have.</summary>
    public bool ThrowsWhenStopped { get; init; }

    /// <summary>A byte that reads differently from what is there.</summary>
    public BytePatch? Patch { get; init; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => encoded.Length;

    public override long Position
    {
        get => _position;
        set => _position = (int)Math.Clamp(value, 0, encoded.Length);
    }

    public override int Read(Span<byte> buffer)
    {
        var count = Peek(buffer);
        _position += count;
        return count;
    }

    /// <summary>Reads without moving on.</summary>
    public int Peek(Span<byte> buffer)
    {
        if (Meter?.MustStop == true)
            return ThrowsWhenStopped ? throw new OperationCanceledException() : 0;
        var count = Math.Min(buffer.Length, encoded.Length - _position);
        encoded.Span.Slice(_position, count).CopyTo(buffer);
        if (Patch is { } patch && patch.Offset >= _position && patch.Offset < _position + count)
            buffer[patch.Offset - _position] = patch.Value;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin)
    {
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => encoded.Length + offset,
        };
        return _position;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
