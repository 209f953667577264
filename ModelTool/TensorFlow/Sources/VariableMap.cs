using ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;
using Google.Protobuf;

namespace ClassifierFunctions.ModelTool.TensorFlow.Sources;

/// <summary>The variables of a graph in the checkpoint beside it.</summary>
internal sealed class VariableMap
{
    private const string ObjectGraph = "_CHECKPOINTABLE_OBJECT_GRAPH";

    private readonly string _file;
    private readonly Checkpoint _checkpoint;
    private readonly Dictionary<string, VariableKey> _restored;
    private readonly Dictionary<string, VariableKey> _restoredShared = [];
    private readonly HashSet<string> _claimed;
    private readonly Dictionary<string, string> _objects;

    /// <param name="file">The graph's, for messages.</param>
    /// <exception cref="ImportException">The graph or the checkpoint is damaged.</exception>
    public VariableMap(string file, Checkpoint checkpoint, SaverDef? saver, IReadOnlyDictionary<string, NodeDef> nodes)
    {
        (_file, _checkpoint) = (file, checkpoint);
        _restored = RestoredVariables.Find(file, saver, nodes);
        _claimed = [.. _restored.Values.Select(key => key.Name)];
        foreach (var (name, key) in _restored)
            _restoredShared.TryAdd(SharedName(nodes[name]), key);
        _objects = checkpoint.Tensors.ContainsKey(ObjectGraph) ? ReadObjects() : [];
    }

    public static bool IsVariable(NodeDef node) => node.Op is "VariableV2" or "Variable" or "VarHandleOp";

    /// <returns>Type and sizes; null when the checkpoint has no such variable.</returns>
    /// <exception cref="ImportException">The checkpoint has another type or shape than the node, or not the tensor that is restored.</exception>
    public CheckpointEntry? Find(NodeDef node)
    {
        if (Key(node) is not { } key)
            return null;
        if (!_checkpoint.Tensors.TryGetValue(key.Name, out var entry))
        {
            throw new ImportException($"{_checkpoint.Prefix}.index has no tensor {key.Name}, from which {_file} restores variable {node.Name}: "
                + "these files do not belong together.");
        }

        if (key.Slice is { } slice)
        {
            if (!slice.Whole.SequenceEqual(entry.Dims))
                throw Mismatch(node, key, $"shape {Text(slice.Whole)}", Text(entry.Dims));
            entry = entry with { Dims = [.. slice.Extents.Select(extent => extent.Length)] };
        }

        if (node.Attr.TryGetValue("dtype", out var type) && type.Type != entry.Type)
            throw Mismatch(node, key, $"type {type.Type}", entry.Type.ToString());
        long[]? shape = node.Attr.GetValueOrDefault("shape")?.Shape is { UnknownRank: false } known ? [.. known.Dim.Select(dim => dim.Size)] : null;
        if (key.IsReshaped && shape is not null && shape.All(size => size >= 0) && Product(shape) == Product(entry.Dims))
            return entry with { Dims = shape };
        var isSame = shape is null
            || (shape.Length == entry.Dims.Count && shape.Zip(entry.Dims).All(pair => pair.First < 0 || pair.First == pair.Second));
        return isSame ? entry : throw Mismatch(node, key, $"shape {Text(shape!)}", Text(entry.Dims));
    }

    /// <exception cref="ImportException">As <see cref="Find"/>, or the checkpoint has no such variable, or its data is damaged.</exception>
    public Tensor Read(NodeDef node)
    {
        if (Find(node) is not { } entry || Key(node) is not { } key)
        {
            var tensors = string.Join(", ", _checkpoint.Tensors.Keys.Order(StringComparer.Ordinal).Take(10));
            throw new ImportException($"{_checkpoint.Prefix}.index has no tensor for variable {node.Name} of {_file}. "
                + $"It has {tensors}{(_checkpoint.Tensors.Count > 10 ? ", ..." : "")}.");
        }

        return (key.Slice is { } slice ? _checkpoint.ReadSlice(key.Name, slice.Extents) : _checkpoint.Read(key.Name)) with { Dims = entry.Dims };
    }

    /// <summary>The variable's name in the checkpoint; null when it has none.</summary>
    public string? StoredName(NodeDef node) => Key(node)?.Name;

    // A name that the graph restores into another variable is not this one's.
    private VariableKey? Key(NodeDef node)
        => _restored.GetValueOrDefault(node.Name)
            ?? (node.Op == "VarHandleOp" ? _restoredShared.GetValueOrDefault(SharedName(node)) : null)
            ?? new[] { node.Name, SharedName(node), _objects.GetValueOrDefault(SharedName(node)), _objects.GetValueOrDefault(node.Name) }
                .Where(name => name is not null && !_claimed.Contains(name) && _checkpoint.Tensors.ContainsKey(name))
                .Select(name => new VariableKey(name!, null, false)).FirstOrDefault();

    private static string SharedName(NodeDef node)
        => node.Attr.TryGetValue("shared_name", out var name) && name.S.Length > 0 ? name.S.ToStringUtf8() : node.Name;

    private Dictionary<string, string> ReadObjects()
    {
        try
        {
            var objects = _checkpoint.ReadStrings(ObjectGraph) is [var bytes, ..] ? TrackableObjectGraph.Parser.ParseFrom(bytes).Nodes : [];
            return objects.SelectMany(node => node.Attributes).Where(tensor => tensor.FullName.Length > 0)
                .GroupBy(tensor => tensor.FullName).ToDictionary(group => group.Key, group => group.First().CheckpointKey);
        }
        catch (InvalidProtocolBufferException damage)
        {
            throw new ImportException($"{_checkpoint.Prefix}: {ObjectGraph} is damaged: {damage.Message}", damage);
        }
    }

    private ImportException Mismatch(NodeDef node, VariableKey key, string ofNode, string ofCheckpoint)
        => new($"Variable {node.Name} of {_file} has {ofNode}, but {key.Name} in {_checkpoint.Prefix}.index has {ofCheckpoint}: "
            + "these files do not belong together.");

    private static long Product(IEnumerable<long> sizes) => sizes.Aggregate(1L, (product, size) => unchecked(product * size));

    private static string Text(IEnumerable<long> sizes) => $"[{string.Join(',', sizes)}]";
}
