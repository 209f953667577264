using System.Buffers.Binary;

namespace ClassifierFunctions.Tests.Support.TensorFlow;

/// <summary>Writes LevelDB's table format, rows in the order in which they come. Small blocks, so that a few rows are several.</summary>
internal sealed class TableFileWriter(int blockBytes = 512, int restartInterval = 16)
{
    private readonly MemoryStream _file = new();
    private readonly List<(byte[] Key, byte[] Value)> _block = [];
    private readonly List<(byte[] Key, byte[] Value)> _index = [];
    private int _inBlock;

    /// <summary>How blocks are packed; null for not at all.</summary>
    public Func<byte[], byte[]>? Compress { get; init; }

    /// <summary>What blocks say of their compression.</summary>
    public byte Compression { get; init; }

    public void Add(byte[] key, byte[] value)
    {
        _block.Add((key, value));
        _inBlock += key.Length + value.Length + 3;
        if (_inBlock >= blockBytes)
            Flush();
    }

    public byte[] Finish()
    {
        Flush();
        var footer = new MemoryStream();
        footer.Write(WriteBlock([], 1));
        footer.Write(WriteBlock(_index, 1));
        footer.SetLength(40);
        footer.Position = 40;
        footer.Write([0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb]);
        _file.Write(footer.ToArray());
        return _file.ToArray();
    }

    public static byte[] Varint(ulong value) => value < 128 ? [(byte)value] : [(byte)(value | 128), .. Varint(value >> 7)];

    /// <summary>A block's content: rows with shared beginnings of keys, then where the rows without are.</summary>
    public static byte[] Block(IReadOnlyList<(byte[] Key, byte[] Value)> rows, int restartInterval)
    {
        var block = new MemoryStream();
        var restarts = new List<int>();
        byte[] last = [];
        for (var i = 0; i < rows.Count; i++)
        {
            var (key, value) = rows[i];
            var isRestart = i % restartInterval == 0;
            if (isRestart)
                restarts.Add((int)block.Length);
            var shared = isRestart ? 0 : last.AsSpan().CommonPrefixLength(key);
            var added = key[shared..];
            block.Write([.. Varint((ulong)shared), .. Varint((ulong)added.Length), .. Varint((ulong)value.Length), .. added, .. value]);
            last = key;
        }

        if (restarts.Count == 0)
            restarts.Add(0);
        foreach (var number in restarts.Append(restarts.Count))
            block.Write(BitConverter.GetBytes(number));
        return block.ToArray();
    }

    private void Flush()
    {
        if (_block.Count == 0)
            return;
        // Real writers put a short key between two blocks here; the last key of the block is one too.
        _index.Add((_block[^1].Key, WriteBlock(_block, restartInterval)));
        _block.Clear();
        _inBlock = 0;
    }

    // Its offset and size, as varints.
    private byte[] WriteBlock(IReadOnlyList<(byte[] Key, byte[] Value)> rows, int interval)
    {
        var content = Block(rows, interval);
        byte[] packed = [.. Compress?.Invoke(content) ?? content, Compression];
        byte[] handle = [.. Varint((ulong)_file.Length), .. Varint((ulong)packed.Length - 1)];
        _file.Write(packed);
        var checksum = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, MaskedCrc32C.Of(packed));
        _file.Write(checksum);
        return handle;
    }
}
