using System.Buffers.Binary;

namespace ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;

/// <summary>Unpacks a block of Snappy's raw format (google/snappy, format_description.txt): literals, and copies of what came before.</summary>
internal static class Snappy
{
    // Three bytes give 64 at most.
    private const int MaxRatio = 22;

    /// <returns>Null when the block is damaged.</returns>
    public static byte[]? Decompress(ReadOnlySpan<byte> block)
    {
        var at = 0;
        if (!Varint.TryReadLength(block, ref at, out var length) || length > (long)block.Length * MaxRatio)
            return null;
        var target = new byte[length];
        var written = 0;
        while (at < block.Length)
        {
            var tag = block[at++];
            // The lowest two bits: a literal, or a copy with an offset of 1, 2 or 4 bytes.
            var extra = (tag & 3) switch { 0 => Math.Max((tag >> 2) - 59, 0), 3 => 4, var bytes => bytes };
            if (extra > block.Length - at)
                return null;
            var number = Number(block.Slice(at, extra));
            at += extra;
            if ((tag & 3) == 0)
            {
                var count = 1 + (extra > 0 ? number : tag >> 2);
                if (count > block.Length - at || count > length - written)
                    return null;
                block.Slice(at, (int)count).CopyTo(target.AsSpan(written));
                at += (int)count;
                written += (int)count;
            }
            else
            {
                var count = (tag & 3) == 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2);
                var offset = (tag & 3) == 1 ? number + ((tag >> 5) << 8) : number;
                if (offset == 0 || offset > written || count > length - written)
                    return null;
                // Byte by byte: what is copied may overlap what is written.
                for (var end = written + count; written < end; written++)
                    target[written] = target[written - (int)offset];
            }
        }

        return written == length ? target : null;
    }

    // Little-endian, of no to four bytes.
    private static long Number(ReadOnlySpan<byte> bytes)
    {
        Span<byte> all = stackalloc byte[sizeof(uint)];
        all.Clear();
        bytes.CopyTo(all);
        return BinaryPrimitives.ReadUInt32LittleEndian(all);
    }
}
