using System.Buffers.Binary;

namespace ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;

/// <summary>
/// A file of LevelDB's table format, as <c>.index</c> files are (tensorflow/core/lib/io/format.cc and table_builder.cc): blocks, and a footer
/// that says where the index block is, whose values say where the data blocks are. After each block come its compression (a byte) and its
/// masked CRC-32C.
/// </summary>
internal sealed class SortedTable
{
    private const ulong Magic = 0xdb4775248b80fb57;

    // Offset and size of two blocks as varints, zeros up to 40 bytes, the magic number.
    private const int FooterBytes = 48;
    private const int HandlesBytes = 40;

    private const int ChecksumBytes = sizeof(uint);
    private const byte Uncompressed = 0;
    private const byte SnappyCompressed = 1;

    // Indexes have about a hundred bytes per tensor.
    private const int MaxBytes = 256 << 20;

    private readonly string _path;
    private readonly byte[] _bytes;

    private SortedTable(string path, byte[] bytes)
    {
        _path = path;
        _bytes = bytes;
    }

    /// <summary>Whether the file is of this format, by its end.</summary>
    public static bool IsTable(CheckpointFile file)
    {
        if (file.Length < FooterBytes)
            return false;
        var end = new byte[sizeof(ulong)];
        file.Read(file.Length - end.Length, end);
        return BinaryPrimitives.ReadUInt64LittleEndian(end) == Magic;
    }

    public static SortedTable Read(CheckpointFile file)
    {
        if (!IsTable(file))
            throw CheckpointDamage.At(file.Path, file.Length, "this is not how the index of a TensorFlow checkpoint ends");
        if (file.Length > MaxBytes)
            throw new ImportException($"{file.Path} has {file.Length} bytes, more than the index of a checkpoint can have.");
        var bytes = new byte[file.Length];
        file.Read(0, bytes);
        return new SortedTable(file.Path, bytes);
    }

    /// <summary>All rows by rising key.</summary>
    public IEnumerable<TableRow> Rows()
    {
        byte[]? last = null;
        var footer = _bytes.Length - FooterBytes;
        var at = 0;
        var handles = _bytes.AsMemory(footer, HandlesBytes);
        // The first is a block of other things, in which TensorFlow puts nothing.
        if (!TryHandle(handles.Span, ref at, out _, out _) || !TryHandle(handles.Span, ref at, out var offset, out var size))
            throw CheckpointDamage.At(_path, footer, "the footer does not say where the index block is");
        foreach (var pointer in Block(footer, offset, size).Rows())
        {
            at = 0;
            if (!TryHandle(pointer.Value.Span, ref at, out offset, out size))
                throw CheckpointDamage.At(_path, pointer.Offset, "the index block does not say where a data block is");
            var before = last;
            foreach (var row in Block(pointer.Offset, offset, size).Rows())
            {
                if (last is not null && row.Key.AsSpan().SequenceCompareTo(last) <= 0)
                    throw CheckpointDamage.At(_path, row.Offset, "keys are not in order");
                last = row.Key;
                yield return row;
            }

            if (last == before)
                throw CheckpointDamage.At(_path, pointer.Offset, "a data block is empty");
        }
    }

    private static bool TryHandle(ReadOnlySpan<byte> bytes, ref int at, out ulong offset, out ulong size)
    {
        size = 0;
        return Varint.TryRead(bytes, ref at, out offset) && Varint.TryRead(bytes, ref at, out size);
    }

    private TableBlock Block(long saidAt, ulong offset, ulong size)
    {
        var end = (ulong)(_bytes.Length - FooterBytes);
        if (offset > end || size > end - offset || end - offset - size < 1 + ChecksumBytes)
            throw CheckpointDamage.At(_path, saidAt, $"a block of {size} bytes at {offset} is not within the file");
        var content = _bytes.AsMemory((int)offset, (int)size);
        var compression = _bytes[(int)(offset + size)];
        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan((int)(offset + size) + 1));
        if (checksum != Crc32C.Mask(Crc32C.Of(_bytes.AsSpan((int)offset, (int)size + 1))))
            throw CheckpointDamage.At(_path, (long)offset, "the checksum of a block is wrong");
        return new TableBlock(_path, (long)offset, compression switch
        {
            Uncompressed => content,
            SnappyCompressed => Snappy.Decompress(content.Span)
                ?? throw CheckpointDamage.At(_path, (long)offset, "a block compressed with Snappy cannot be unpacked"),
            _ => throw CheckpointDamage.At(_path, (long)offset, $"a block has compression {compression}, which is not known"),
        });
    }
}
