using System.Collections.ObjectModel;

namespace ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;

/// <summary>
/// A checkpoint in TensorFlow's V2 format (TensorBundle, since 2016; tensorflow/core/util/tensor_bundle): <c>prefix.index</c> and
/// <c>prefix.data-00000-of-00001</c> or more. What is read is not kept; not to be used by several threads at a time. Whatever is wrong with
/// the files is an <see cref="ImportException"/> that names file, offset and tensor.
/// </summary>
internal sealed class Checkpoint : IDisposable
{
    private readonly BundleIndex _index;
    private readonly DataFiles _files;

    private Checkpoint(string prefix, BundleIndex index)
    {
        Prefix = prefix;
        _index = index;
        _files = new DataFiles(prefix, index.Shards);
        Tensors = new ReadOnlyDictionary<string, CheckpointEntry>(
            index.Tensors.Values.ToDictionary(entry => entry.Name, entry => new CheckpointEntry(entry.Type, entry.Dims), StringComparer.Ordinal));
    }

    /// <summary>Path and first part of the files' names.</summary>
    public string Prefix { get; }

    /// <summary>By name; a partitioned variable once, as a whole.</summary>
    public IReadOnlyDictionary<string, CheckpointEntry> Tensors { get; }

    /// <summary>Of all .data files.</summary>
    public long DataBytes => _files.Bytes;

    /// <summary>Reads the index, and nothing else.</summary>
    public static Checkpoint Open(string prefix)
        => new(prefix, File.Exists($"{prefix}.index") ? BundleIndex.Read($"{prefix}.index") : throw MissingIndex.Explain(prefix));

    /// <summary>A tensor, its checksum verified, the slices of a partitioned variable put together.</summary>
    public Tensor Read(string name)
    {
        var entry = Find(name);
        return Read(entry, entry.Whole);
    }

    /// <summary>A part of a tensor: a stored slice of a partitioned variable, or cut from what is stored.</summary>
    /// <param name="extents">For each dimension; (0, -1) is all of it.</param>
    public Tensor ReadSlice(string name, IReadOnlyList<(long Start, long Length)> extents)
    {
        var entry = Find(name);
        return TensorRegion.Of(extents, entry.Dims) is { } region ? Read(entry, region)
            : throw new ImportException($"{_index.Path}: tensor {name}, {entry.Description}, has no slice [{string.Join(", ", extents)}]; "
                + "graph and checkpoint do not belong together.");
    }

    /// <summary>The texts of a tensor of type DT_STRING, row-major.</summary>
    public IReadOnlyList<byte[]> ReadStrings(string name)
    {
        var entry = Find(name);
        return entry is { Type: DataType.DtString, Proto.Slices.Count: 0 }
            ? _files.Find(name, entry).ReadStrings(entry.Whole.Count)
            : throw new ImportException(
                $"{_index.Path}: tensor {name} is {entry.Description} in {entry.Proto.Slices.Count} slices; strings in one piece were expected.");
    }

    public void Dispose() => _files.Dispose();

    private Tensor Read(BundleEntry entry, TensorRegion region)
    {
        var elementBytes = Tensor.SizeOf(entry.Type);
        if (elementBytes == 0)
            throw new ImportException($"{_index.Path}: tensor {entry.Name} is {entry.Description}; these are no numbers that can be imported.");
        var bytes = (Int128)region.Count * elementBytes;
        if (bytes > Array.MaxLength)
            throw new ImportException($"{_index.Path}: tensor {entry.Name}, {entry.Description}, has {bytes} bytes; above 2 GB is not supported.");
        var parts = entry.Proto.Slices.Count > 0 ? SlicesIn(region, entry) : [(entry.Whole, _files.Find(entry.Name, entry))];
        // Slices may say that they are at the same place: there is no memory for more than the files have.
        if (bytes > parts.Select(part => part.Stored.File).Distinct().Aggregate((Int128)0, (sum, file) => sum + file.Length))
            throw Damaged(entry, $"is larger than its .data files");
        var tensor = GC.AllocateUninitializedArray<byte>((int)bytes);
        foreach (var (part, stored) in parts)
            Copy(stored, part, tensor, region, elementBytes);
        return new Tensor(entry.Type, region.Lengths, tensor);
    }

    private static void Copy(StoredBytes stored, TensorRegion part, byte[] tensor, TensorRegion region, int elementBytes)
    {
        byte[]? read = null;
        foreach (var (from, to, length) in part.RunsIn(region))
        {
            var target = tensor.AsSpan((int)(to * elementBytes), (int)(length * elementBytes));
            if (length == part.Count)
                stored.Read(target);
            else
                (read ??= stored.Read()).AsSpan((int)(from * elementBytes), target.Length).CopyTo(target);
        }
    }

    // That they leave no gap makes all of the region written.
    private List<(TensorRegion Region, StoredBytes Stored)> SlicesIn(TensorRegion region, BundleEntry entry)
    {
        var slices = new List<(TensorRegion Region, StoredBytes Stored)>();
        foreach (var proto in entry.Proto.Slices)
        {
            var extents = proto.Extent.Select(extent => (extent.Start, extent.HasLength ? extent.Length : TensorRegion.WholeDimension)).ToArray();
            var part = TensorRegion.Of(extents, entry.Dims) ?? throw Damaged(entry, $"has a slice [{string.Join(", ", extents)}], which is not within");
            if (part.Intersect(region) is null)
                continue;
            var slice = _index.Slice(entry.Name, extents) ?? throw Damaged(entry, $"lacks its slice {part}");
            if (slice.Type != entry.Type || !slice.Dims.SequenceEqual(part.Lengths) || slice.Proto.Slices.Count > 0)
                throw Damaged(entry, $"has a slice {part} of {slice.Description}");
            slices.Add((part, _files.Find($"{entry.Name}, slice {part},", slice)));
        }

        return region.IsTiledBy([.. slices.Select(slice => slice.Region)]) ? slices
            : throw Damaged(entry, $"has slices that overlap or leave gaps");
    }

    private BundleEntry Find(string name) => _index.Tensors.GetValueOrDefault(name)
        ?? throw new ImportException($"{_index.Path} has no tensor {name}; graph and checkpoint do not belong together.");

    private ImportException Damaged(BundleEntry entry, string what)
        => CheckpointDamage.At(_index.Path, entry.IndexOffset, $"tensor {entry.Name}, {entry.Description}, {what}");
}
