using ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;
using ClassifierFunctions.ModelTool.TensorFlow.Sources.Checks;

namespace ClassifierFunctions.ModelTool.TensorFlow.Sources;

/// <summary>A TensorFlow model as it is stored: its graph, and its variables where these are beside the graph.</summary>
internal sealed class TensorFlowModel : IDisposable
{
    // GraphDef version before which a placeholder of unknown shape was written as a scalar (tensorflow/core/public/version.h).
    private const int ScalarPlaceholders = 24;

    private readonly int _producer;
    private readonly GraphCheck _check;
    private readonly Checkpoint? _checkpoint;
    private readonly VariableMap? _variables;

    private TensorFlowModel(SourceLocation location)
    {
        var (meta, message, index) = GraphFile.Read(location);
        if (message == SavedModel.Descriptor)
            location = SourceLocation.OfSavedModel(location.GraphFile);
        var schemas = new OpSchemas(meta.MetaInfoDef?.StrippedOpList);
        _producer = meta.GraphDef.Versions?.Producer ?? 0;
        Kind = location.Kind;
        Path = location.GraphFile;
        NodeCount = meta.GraphDef.Node.Count;
        TensorFlowVersion = meta.MetaInfoDef?.TensorflowVersion is { Length: > 0 } version ? version : null;
        var faults = WireScan.Find(Path, message, index);
        var encoding = faults.Nodes.ToLookup(fault => meta.GraphDef.Node[fault.Key].Name, fault => fault.Value)
            .ToDictionary(ofName => ofName.Key, ofName => ofName.First());
        var (nodes, added) = FunctionInliner.Inline(Path, meta.GraphDef, faults.Functions, schemas);
        Nodes = FlatGraph.Build(Path, nodes, schemas);
        var ownNodes = meta.GraphDef.Node.Select(node => node.Name).ToHashSet();
        _check = new GraphCheck(
            Path, Nodes, added, encoding, schemas, node => !ownNodes.Contains(node.Name), meta.MetaInfoDef?.StrippedDefaultAttrs is true,
            hasShapes: Kind != SourceKind.FrozenGraph);
        Signatures = Kind == SourceKind.SavedModel ? [.. GraphSignature.Read(Path, meta, Nodes)] : [];
        if (location.Prefix is { } prefix)
        {
            _checkpoint = Checkpoint.Open(prefix);
            try
            {
                _variables = new VariableMap(Path, _checkpoint, meta.SaverDef, Nodes);
            }
            catch
            {
                _checkpoint.Dispose();
                throw;
            }
        }

        Files = [Path, .. location.Prefix is null ? [] : FilesOf(location.Prefix)];
        Bytes = Files.Sum(file => new FileInfo(file).Length);
    }

    public SourceKind Kind { get; }

    /// <summary>The file with the graph.</summary>
    public string Path { get; }

    /// <summary>Full paths of all files that belong to the model.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Of <see cref="Files"/>.</summary>
    public long Bytes { get; }

    /// <summary>The TensorFlow that wrote the file; null when it does not say.</summary>
    public string? TensorFlowVersion { get; }

    /// <summary>In the file, functions not counted.</summary>
    public int NodeCount { get; }

    /// <summary>The flat graph: no functions. Inputs are <c>name</c> (output 0), <c>name:k</c>, and after these <c>^name</c> (control).</summary>
    public IReadOnlyDictionary<string, NodeDef> Nodes { get; }

    /// <summary>Of SavedModels; empty otherwise.</summary>
    public IReadOnlyList<GraphSignature> Signatures { get; }

    /// <param name="path">See <see cref="SourceLocator.Find"/>.</param>
    /// <exception cref="ImportException">There is no such model, or it is damaged.</exception>
    public static TensorFlowModel Open(string path)
    {
        try
        {
            return new TensorFlowModel(SourceLocator.Find(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ImportException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    /// <param name="node">VariableV2, Variable or VarHandleOp.</param>
    /// <returns>Type and sizes; null when the checkpoint has no such variable.</returns>
    /// <exception cref="ImportException">Graph and checkpoint differ in type or shape.</exception>
    public CheckpointEntry? Variable(NodeDef node) => _variables?.Find(node);

    /// <exception cref="ImportException">As <see cref="Variable"/>, or there is no such variable, or its data is damaged.</exception>
    public Tensor ReadVariable(NodeDef node) => _variables?.Read(node)
        ?? throw new ImportException(
            $"{Path} has variable {node.Name}, but there is no checkpoint beside it (variables/variables.index) and the graph is not frozen.");

    /// <summary>All that the checkpoint holds, by its own names; empty without a checkpoint.</summary>
    public IReadOnlyDictionary<string, CheckpointEntry> Stored => _checkpoint?.Tensors ?? new Dictionary<string, CheckpointEntry>();

    /// <summary>Where the checkpoint holds a variable; null when it does not.</summary>
    public string? StoredName(NodeDef node) => _variables?.StoredName(node);

    /// <returns>Sizes, null where one depends on the input; null when the file says nothing.</returns>
    public IReadOnlyList<long?>? OutputShape(NodeDef node, int port)
    {
        var shape = node.Attr.TryGetValue("_output_shapes", out var shapes) && shapes.List?.Shape is { } list && port < list.Count ? list[port]
            : port == 0 && node.Op is "Placeholder" or "PlaceholderV2" or "PlaceholderWithDefault" or "VariableV2" or "Variable" && node.Attr.TryGetValue("shape", out var own) ? own.Shape
            : port == 0 && node.Op == "Const" && node.Attr.TryGetValue("value", out var value) ? value.Tensor?.TensorShape
            : null;
        var isUnknown = shape is null or { UnknownRank: true }
            || (node.Op == "Placeholder" && shape.Dim.Count == 0 && _producer < ScalarPlaceholders);
        return isUnknown ? null : [.. shape!.Dim.Select(dim => dim.Size < 0 ? (long?)null : dim.Size)];
    }

    /// <summary>Compares nodes with what the file says about them elsewhere; what is not asked for may be damaged.</summary>
    /// <exception cref="ImportException">One of them is damaged.</exception>
    public void Verify(IEnumerable<string> nodeNames) => _check.Verify(nodeNames);

    public void Dispose() => _checkpoint?.Dispose();

    private static IEnumerable<string> FilesOf(string prefix)
        => Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(prefix)!, System.IO.Path.GetFileName(prefix) + ".*")
            .Where(file => file == prefix + ".index" || file.StartsWith(prefix + ".data-", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
