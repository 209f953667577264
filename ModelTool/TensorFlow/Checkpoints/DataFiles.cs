using System.Globalization;

namespace ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;

/// <summary>The <c>.data</c> files of a checkpoint. Each is opened when something in it is asked for.</summary>
internal sealed class DataFiles(string prefix, int count) : IDisposable
{
    private readonly Dictionary<int, CheckpointFile> _files = [];

    /// <summary>Of all of them.</summary>
    public long Bytes
    {
        get
        {
            long bytes = 0;
            for (var shard = 0; shard < count; shard++)
                bytes += CheckpointFile.LengthOf(PathOf(shard));
            return bytes;
        }
    }

    /// <summary>Where the bytes of a tensor are. They are within the file, and as many as type and shape say; nobody has read them so far.</summary>
    /// <param name="name">The tensor's, and of which slice they are; for messages.</param>
    public StoredBytes Find(string name, BundleEntry entry)
    {
        var (shard, offset, size) = (entry.Proto.ShardId, entry.Proto.Offset, entry.Proto.Size);
        if (shard < 0 || shard >= count)
            throw CheckpointDamage.At($"{prefix}.index", entry.IndexOffset, $"tensor {name} is in .data file {shard} of {count}, which there is not");
        if (!_files.TryGetValue(shard, out var file))
            _files.Add(shard, file = CheckpointFile.Open(PathOf(shard)));
        if (offset < 0 || size < 0 || offset > file.Length || size > file.Length - offset)
            throw CheckpointDamage.At(file.Path, offset, $"tensor {name} of {size} bytes is not within the file, which has {file.Length}");
        return entry.Type == DataType.DtString || size == entry.Bytes
            ? new StoredBytes(name, file, offset, size, entry.Proto.Crc32C)
            : throw CheckpointDamage.At(file.Path, offset, $"tensor {name} has {size} bytes, but {entry.Description} has {entry.Bytes}");
    }

    public void Dispose()
    {
        foreach (var file in _files.Values)
            file.Dispose();
    }

    private string PathOf(int shard) => string.Create(CultureInfo.InvariantCulture, $"{prefix}.data-{shard:D5}-of-{count:D5}");
}
