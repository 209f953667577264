using System.Buffers.Binary;

namespace ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;

/// <summary>
/// A block of a table (tensorflow/core/lib/io/block_builder.cc): rows, then where rows with whole keys start (32 bits each), then how many
/// those are. A row is three varints (bytes of the key that are those of the key before, bytes that are new, bytes of the value), the key's new
/// bytes, the value.
/// </summary>
/// <param name="Path">The file that it is from.</param>
/// <param name="Offset">In that file.</param>
/// <param name="Content">Unpacked, without type and checksum.</param>
internal sealed record TableBlock(string Path, long Offset, ReadOnlyMemory<byte> Content)
{
    // TensorFlow writes every 16th key as a whole: all of them together are no longer than this many times the block.
    private const int MaxSharing = 16;

    public IEnumerable<TableRow> Rows()
    {
        var key = Array.Empty<byte>();
        long keyBytes = 0;
        for (var (at, end) = (0, RowsEnd()); at < end;)
        {
            var rows = Content.Span[..end];
            if (!Varint.TryReadLength(rows, ref at, out var shared) || !Varint.TryReadLength(rows, ref at, out var added)
                || !Varint.TryReadLength(rows, ref at, out var valueBytes) || shared > key.Length || (long)added + valueBytes > end - at)
            {
                throw Damaged("a row does not fit into its block");
            }

            keyBytes += shared + added;
            if (keyBytes > (long)Content.Length * MaxSharing)
                throw Damaged("keys are longer than the block");
            key = [.. key.AsSpan(0, shared), .. rows.Slice(at, added)];
            at += added + valueBytes;
            yield return new TableRow(key, Content[(at - valueBytes)..at], Offset);
        }
    }

    private int RowsEnd()
    {
        var content = Content.Span;
        if (content.Length < sizeof(uint))
            throw Damaged("a block is too short");
        var end = content.Length - (sizeof(uint) * (1L + BinaryPrimitives.ReadUInt32LittleEndian(content[^sizeof(uint)..])));
        return end >= 0 ? (int)end : throw Damaged("a block has more starts of rows than there is room for");
    }

    private ImportException Damaged(string what) => CheckpointDamage.At(Path, Offset, what);
}
