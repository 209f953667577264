namespace ClassifierFunctions.ModelTool.TensorFlow.Sources;

/// <summary>A graph's functions, and what calls them.</summary>
internal sealed class FunctionLibrary
{
    private readonly OpSchemas _schemas;
    private readonly Dictionary<string, FunctionDef> _functions = [];
    private readonly Dictionary<string, string> _faults = [];

    /// <param name="file">For messages.</param>
    /// <param name="faults">What is wrong with a function, by its number.</param>
    /// <exception cref="ImportException">A function has no name, or its name is there twice.</exception>
    public FunctionLibrary(string file, FunctionDefLibrary? library, IReadOnlyDictionary<int, string> faults, OpSchemas schemas)
    {
        _schemas = schemas;
        foreach (var function in library?.Function ?? [])
        {
            var (name, number) = (function.Signature?.Name ?? "", _functions.Count);
            if (name.Length == 0 || !_functions.TryAdd(name, function))
            {
                var has = name.Length > 0 ? $"the name {name} of another" : "no name";
                throw new ImportException($"{file} is damaged: its function {number} has {has}.");
            }

            if (faults.TryGetValue(number, out var fault))
                _faults.Add(name, fault);
        }
    }

    /// <summary>What is wrong with a function; null when nothing is.</summary>
    public string? Fault(string name) => _faults.GetValueOrDefault(name);

    public FunctionDef? Find(string name) => _functions.GetValueOrDefault(name);

    /// <summary>The function that a node calls, with the values of its attributes; null when the node is no call.</summary>
    public NameAttrList? Called(NodeDef node)
    {
        if (node.Op is "PartitionedCall" or "StatefulPartitionedCall")
            return node.Attr.TryGetValue("f", out var function) ? function.Func : null;
        return _functions.ContainsKey(node.Op) ? new NameAttrList { Name = node.Op, Attr = { node.Attr } } : null;
    }

    /// <summary>As <see cref="OpSchemas.Outputs"/>, also of nodes whose op is a function.</summary>
    public IReadOnlyList<(string Name, long Count)>? Outputs(NodeDef node)
        => Find(node.Op)?.Signature is { } signature
            ? [.. signature.OutputArg.Select(arg => (arg.Name, OpSchemas.Count(node, signature, arg)))]
            : _schemas.Outputs(node);
}
