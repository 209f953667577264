using System.Buffers.Binary;
using System.IO.Hashing;

namespace ClassifierFunctions.Imaging;

/// <summary>
/// The part of a PNG file that makes its pixels: critical chunks and tRNS (PNG specification, sections 5.4 and 11). Decoders keep texts and profiles in
/// memory, as many as there are, and unpack them; nobody wants them here. Checksums of pixel data are made right, because Pillow does not verify them.
/// </summary>
internal static class PngCriticalChunks
{
    private const int SignatureBytes = 8;

    // Length, type and checksum.
    private const int ChunkOverhead = 12;

    // Bit 5 of a type's first letter.
    private const byte Ancillary = 0x20;

    /// <summary>A copy, to be disposed by the caller.</summary>
    public static PooledBytes Copy(ReadOnlySpan<byte> png)
    {
        var copy = new PooledBytes(png.Length);
        var target = copy.Writable.Span;
        png[..Math.Min(SignatureBytes, png.Length)].CopyTo(target);
        var written = Math.Min(SignatureBytes, png.Length);
        var chunks = new PngChunks(png);
        while (chunks.MoveNext())
        {
            var isPixels = chunks.Type.SequenceEqual("IDAT"u8);
            // A decoder works through empty chunks one by one; there is room for a million.
            if (isPixels ? chunks.Data.IsEmpty : (chunks.Type[0] & Ancillary) != 0 && !chunks.Type.SequenceEqual("tRNS"u8))
                continue;
            var chunk = png.Slice(chunks.Offset - 4, chunks.Data.Length + ChunkOverhead);
            chunk.CopyTo(target[written..]);
            written += chunk.Length;
            if (isPixels)
                BinaryPrimitives.WriteUInt32BigEndian(target[(written - 4)..], Crc32.HashToUInt32(chunk[4..^4]));
        }

        // What is cut off goes along, so that the decoder sees that it is.
        png[chunks.End..].CopyTo(target[written..]);
        copy.Truncate(written + png.Length - chunks.End);
        return copy;
    }
}
