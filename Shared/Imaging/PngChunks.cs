using System.Buffers.Binary;

namespace ClassifierFunctions.Imaging;

/// <summary>Walks the chunks of a PNG file (PNG specification, section 5.3).</summary>
internal ref struct PngChunks(ReadOnlySpan<byte> png)
{
    private const int SignatureBytes = 8;

    private readonly ReadOnlySpan<byte> _png = png;
    private int _next = SignatureBytes;

    /// <summary>Where the current chunk's type begins; its data follow, then its checksum.</summary>
    public int Offset { get; private set; }

    /// <summary>Where the chunk that follows begins.</summary>
    public readonly int End => Math.Min(_next, _png.Length);

    public readonly ReadOnlySpan<byte> Type => _png.Slice(Offset, 4);

    public ReadOnlySpan<byte> Data { get; private set; }

    /// <summary>Moves on to the next whole chunk.</summary>
    public bool MoveNext()
    {
        if (_next > _png.Length - 12)
            return false;
        var length = BinaryPrimitives.ReadUInt32BigEndian(_png[_next..]);
        if (length > (uint)(_png.Length - _next - 12))
            return false;
        Offset = _next + 4;
        Data = _png.Slice(Offset + 4, (int)length);
        _next += 12 + (int)length;
        return true;
    }
}
