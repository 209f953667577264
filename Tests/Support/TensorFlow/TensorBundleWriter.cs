using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using ClassifierFunctions.ModelTool.TensorFlow;
using Google.Protobuf;

namespace ClassifierFunctions.Tests.Support.TensorFlow;

/// <summary>
/// Writes checkpoints as TensorFlow's V2 format has them (tensorflow/core/util/tensor_bundle), of any size: tensors go to the .data file as they
/// come. With <see cref="Header"/> and <see cref="Entries"/> changed in between, it writes what TensorFlow would not.
/// </summary>
internal sealed class TensorBundleWriter : IDisposable
{
    private readonly string _prefix;
    private readonly FileStream[] _shards;

    public TensorBundleWriter(string prefix, int shards = 1)
    {
        _prefix = prefix;
        _shards = [.. Enumerable.Range(0, shards).Select(shard => File.Create(DataPath(prefix, shard, shards)))];
        Header = new BundleHeaderProto { NumShards = shards, Version = new VersionDef { Producer = 1 } };
    }

    public BundleHeaderProto Header { get; }

    /// <summary>By key, a character for a byte, in the order of bytes.</summary>
    public SortedDictionary<string, BundleEntryProto> Entries { get; } = new(StringComparer.Ordinal);

    public static string DataPath(string prefix, int shard = 0, int shards = 1)
        => string.Create(CultureInfo.InvariantCulture, $"{prefix}.data-{shard:00000}-of-{shards:00000}");

    public void Add(string name, DataType type, long[] dims, IEnumerable<ReadOnlyMemory<byte>> blocks, int shard = 0)
        => Write(Key(name), type, dims, blocks, shard);

    public void Add(string name, DataType type, long[] dims, byte[] bytes, int shard = 0) => Add(name, type, dims, [bytes], shard);

    public void Add(string name, long[] dims, float[] values, int shard = 0) => Add(name, DataType.DtFloat, dims, Bytes(values), shard);

    /// <summary>A DT_STRING tensor: the entry's checksum has lengths as 32 bits each, where the file has them as varints.</summary>
    public void Add(string name, long[] dims, byte[][] texts, int shard = 0)
    {
        var crc = new MaskedCrc32C();
        foreach (var text in texts)
            crc.Append(BitConverter.GetBytes(text.Length));
        var ofLengths = BitConverter.GetBytes(crc.Masked);
        crc.Append(ofLengths);
        foreach (var text in texts)
            crc.Append(text);
        var lengths = texts.SelectMany(text => TableFileWriter.Varint((ulong)text.Length));
        Add(name, DataType.DtString, dims, [.. lengths, .. ofLengths, .. texts.SelectMany(text => text)], shard);
        Entries[Key(name)].Crc32C = crc.Masked;
    }

    /// <param name="extents">Start and length for each dimension; (0, -1) for all of it.</param>
    public void AddSlice(string name, DataType type, long[] dims, (long Start, long Length)[] extents, byte[] bytes, int shard = 0)
    {
        if (!Entries.TryGetValue(Key(name), out var whole))
            Entries.Add(Key(name), whole = Entry(type, dims));
        var protos = extents.Select(extent => extent.Length < 0 ? new TensorSliceProto.Types.Extent() : new() { Start = extent.Start, Length = extent.Length });
        whole.Slices.Add(new TensorSliceProto { Extent = { protos } });
        var lengths = extents.Select((extent, i) => extent.Length < 0 ? dims[i] : extent.Length);
        Write(SliceKey(name, extents), type, [.. lengths], [bytes], shard);
    }

    /// <summary>Cuts a tensor's bytes: what belongs into a slice.</summary>
    public static byte[] Cut(byte[] bytes, long[] dims, (long Start, long Length)[] extents)
    {
        var count = dims.Aggregate(1L, (product, dim) => product * dim);
        var elementBytes = (int)(bytes.Length / count);
        var cut = new MemoryStream();
        for (long element = 0; element < count; element++)
        {
            var (rest, isIn) = (element, true);
            for (var i = dims.Length - 1; i >= 0; rest /= dims[i--])
                isIn &= extents[i].Length < 0 || (rest % dims[i] >= extents[i].Start && rest % dims[i] < extents[i].Start + extents[i].Length);
            if (isIn)
                cut.Write(bytes, (int)element * elementBytes, elementBytes);
        }

        return cut.ToArray();
    }

    /// <summary>Writes the index.</summary>
    public void Finish(TableFileWriter? table = null)
    {
        table ??= new TableFileWriter();
        table.Add([], Header.ToByteArray());
        foreach (var (key, entry) in Entries)
            table.Add(Encoding.Latin1.GetBytes(key), entry.ToByteArray());
        File.WriteAllBytes($"{_prefix}.index", table.Finish());
        Dispose();
    }

    public void Dispose()
    {
        foreach (var shard in _shards)
            shard.Dispose();
    }

    public static byte[] Bytes<T>(params T[] values)
        where T : unmanaged
        => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    public static string Key(string name) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(name));

    /// <summary>As the comments in tensorflow/core/lib/strings/ordered_code.cc show, for numbers up to 2^27.</summary>
    public static string SliceKey(string name, (long Start, long Length)[] extents) => string.Concat([
        "\0", Key(name), "\0\x01",
        extents.Length == 0 ? "\0" : $"\x01{(char)extents.Length}",
        .. extents.SelectMany(extent => new[] { extent.Start, extent.Length }).Select(Signed),
    ]);

    private static string Signed(long number)
    {
        byte[] bytes = [.. BitConverter.GetBytes((int)number).Reverse()];
        return Encoding.Latin1.GetString(number switch
        {
            >= -0x40 and < 0x40 => [(byte)(bytes[3] ^ 0x80)],
            >= -0x2000 and < 0x2000 => [(byte)(bytes[2] ^ 0xC0), bytes[3]],
            >= -0x100000 and < 0x100000 => [(byte)(bytes[1] ^ 0xE0), bytes[2], bytes[3]],
            _ => [(byte)(bytes[0] ^ 0xF0), bytes[1], bytes[2], bytes[3]],
        });
    }

    private static BundleEntryProto Entry(DataType type, long[] dims) => new()
    {
        Dtype = type,
        Shape = new TensorShapeProto { Dim = { dims.Select(dim => new TensorShapeProto.Types.Dim { Size = dim }) } },
    };

    private void Write(string key, DataType type, long[] dims, IEnumerable<ReadOnlyMemory<byte>> blocks, int shard)
    {
        var file = _shards[shard];
        var entry = Entry(type, dims);
        entry.ShardId = shard;
        entry.Offset = file.Position;
        var crc = new MaskedCrc32C();
        foreach (var block in blocks)
        {
            file.Write(block.Span);
            crc.Append(block.Span);
        }

        entry.Size = file.Position - entry.Offset;
        entry.Crc32C = crc.Masked;
        Entries.Add(key, entry);
    }
}
