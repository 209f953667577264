using System.Text;
using Google.Protobuf;

namespace ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;

/// <summary>The <c>.index</c> of a checkpoint (tensorflow/core/util/tensor_bundle/tensor_bundle.cc): a table of which tensor is where.</summary>
internal sealed class BundleIndex
{
    // What TensorFlow takes: its kTensorBundleVersion, and the most dimensions of a tensor.
    private const int Version = 1;
    private const int MaxRank = 254;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, BundleEntry> _tensors = new(StringComparer.Ordinal);

    // By their keys, a character for a byte.
    private readonly Dictionary<string, BundleEntry> _slices = new(StringComparer.Ordinal);

    private BundleIndex(string path, int shards)
    {
        Path = path;
        Shards = shards;
    }

    public string Path { get; }

    /// <summary>How many .data files there are.</summary>
    public int Shards { get; }

    /// <summary>By name; a partitioned variable once.</summary>
    public IReadOnlyDictionary<string, BundleEntry> Tensors => _tensors;

    public static BundleIndex Read(string path)
    {
        using var file = CheckpointFile.Open(path);
        BundleIndex? index = null;
        foreach (var row in SortedTable.Read(file).Rows())
        {
            if (index is not null)
                index.Add(row);
            else if (row.Key.Length == 0)
                index = new BundleIndex(path, ShardsOf(path, row));
            else
                break;
        }

        return index ?? throw CheckpointDamage.At(path, 0, "the index has no header");
    }

    /// <returns>Null when there is none.</returns>
    public BundleEntry? Slice(string name, IReadOnlyList<(long Start, long Length)> extents)
        => _slices.GetValueOrDefault(Encoding.Latin1.GetString(SliceKey.Encode(name, extents)));

    private static int ShardsOf(string path, TableRow row)
    {
        var header = Parse(BundleHeaderProto.Parser, path, row, "the header");
        if (header.Endianness != BundleHeaderProto.Types.Endianness.Little)
        {
            throw new ImportException($"{path} is of a checkpoint from a big-endian machine, which is not read here; "
                + "restore it in TensorFlow on a little-endian machine and save it again.");
        }

        if (header.Version is { } version && (version.MinConsumer > Version || version.BadConsumers.Contains(Version)))
        {
            throw new ImportException($"{path} is of a newer format (for readers of version {version.MinConsumer}; this one is of {Version}); "
                + "restore the checkpoint in TensorFlow and save it again with TensorFlow 1 or 2.");
        }

        return header.NumShards > 0 ? header.NumShards
            : throw CheckpointDamage.At(path, row.Offset, $"the header says that there are {header.NumShards} .data files");
    }

    private void Add(TableRow row)
    {
        if (row.Key[0] == SliceKey.First)
        {
            _slices.Add(Encoding.Latin1.GetString(row.Key), Entry(row, "of a slice"));
            return;
        }

        string name;
        try
        {
            name = Utf8.GetString(row.Key);
        }
        catch (DecoderFallbackException failure)
        {
            throw CheckpointDamage.At(Path, row.Offset, $"the name of a tensor, {Convert.ToHexString(row.Key)}, is no UTF-8 text", failure);
        }

        _tensors.Add(name, Entry(row, name));
    }

    private BundleEntry Entry(TableRow row, string name)
    {
        var entry = Parse(BundleEntryProto.Parser, Path, row, $"the entry {name}");
        if (entry.Shape is { } shape && (shape.UnknownRank || shape.Dim.Count > MaxRank || shape.Dim.Any(dim => dim.Size < 0)))
            throw CheckpointDamage.At(Path, row.Offset, $"the shape in the entry {name} is none that a tensor can have");
        return new BundleEntry(name, entry, row.Offset);
    }

    private static T Parse<T>(MessageParser<T> parser, string path, TableRow row, string what)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(row.Value.Span);
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw CheckpointDamage.At(path, row.Offset, $"{what} cannot be parsed", failure);
        }
    }
}
