namespace ClassifierFunctions.ModelTool.TensorFlow.Sources.Checks;

/// <summary>
/// Finds damage in nodes. Graph files have no checksum, but TensorFlow writes most of what matters more than once: in signatures, shapes and
/// gradients.
/// </summary>
internal sealed class GraphCheck
{
    private readonly string _file;
    private readonly IReadOnlyDictionary<string, NodeDef> _nodes;
    private readonly IReadOnlySet<string> _added;
    private readonly IReadOnlyDictionary<string, string> _encoding;
    private readonly Func<NodeDef, string?>[] _checks;

    /// <param name="file">For messages.</param>
    /// <param name="nodes">The flat graph.</param>
    /// <param name="added">Names of those nodes that the file does not have.</param>
    /// <param name="encoding">What <see cref="WireScan"/> found, by name of the node.</param>
    /// <param name="isInFunction">As in <see cref="SignatureCheck"/>.</param>
    /// <param name="isStripped">Likewise.</param>
    /// <param name="hasShapes">Whether shapes were written together with the nodes: tools that change graphs leave them as they were.</param>
    public GraphCheck(
        string file, IReadOnlyDictionary<string, NodeDef> nodes, IReadOnlySet<string> added, IReadOnlyDictionary<string, string> encoding,
        OpSchemas schemas, Predicate<NodeDef> isInFunction, bool isStripped, bool hasShapes)
    {
        (_file, _nodes, _added, _encoding) = (file, nodes, added, encoding);
        _checks =
        [
            new SignatureCheck(schemas, nodes, isInFunction, isStripped).Fault,
            TensorCheck.Fault,
            .. hasShapes ? [new ShapeCheck(nodes).Fault] : Array.Empty<Func<NodeDef, string?>>(),
            new GradientCheck(nodes).Fault,
            new UpdateCheck(nodes, schemas).Fault,
        ];
    }

    /// <exception cref="ImportException">A node is damaged, or is not there.</exception>
    public void Verify(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (!_nodes.TryGetValue(name, out var node))
                throw new ImportException($"{_file} has no node {name}.");
            if (!_added.Contains(name) && Fault(node) is { } fault)
            {
                throw new ImportException(
                    $"{_file} is damaged: node {name} ({node.Op}): {fault}. Copy the file again from where the model was trained.");
            }
        }
    }

    private string? Fault(NodeDef node)
        => _encoding.GetValueOrDefault(node.Name) ?? _checks.Select(check => check(node)).FirstOrDefault(fault => fault is not null);
}
