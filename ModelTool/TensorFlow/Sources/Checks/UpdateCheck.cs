namespace ClassifierFunctions.ModelTool.TensorFlow.Sources.Checks;

/// <summary>
/// Whether variables are used where training says they are: what updates a variable gets the gradients of those nodes that use it, which
/// <see cref="GradientCheck.Forward"/> names. Biases of two layers of one width can be told apart by nothing else.
/// </summary>
internal sealed class UpdateCheck
{
    private readonly IReadOnlyDictionary<string, NodeDef> _nodes;
    private readonly OpSchemas _schemas;
    private readonly HashSet<string> _differentiated;
    private readonly Dictionary<string, HashSet<string>?> _users = [];
    private readonly ILookup<string, NodeDef> _updates;

    public UpdateCheck(IReadOnlyDictionary<string, NodeDef> nodes, OpSchemas schemas)
    {
        (_nodes, _schemas) = (nodes, schemas);
        _differentiated = [.. nodes.Keys.Select(Scope).OfType<string>()];
        _updates = nodes.Values.Where(node => node.Input.Count > 0 && node.Op.StartsWith("Apply", StringComparison.Ordinal))
            .Concat(nodes.Values.Where(node => node.Input.Count > 0 && node.Op.StartsWith("ResourceApply", StringComparison.Ordinal)))
            .ToLookup(node => node.Input[0]);
    }

    /// <returns>What is wrong; null when nothing is, or the node uses no variable that is trained.</returns>
    public string? Fault(NodeDef node)
        => ReadFault(node)
            ?? node.Input.Select(Variable).OfType<string>().Select(variable => UseFault(node, variable)).FirstOrDefault(fault => fault is not null);

    // The node that reads a variable is called after it, and placed with it.
    private static string? ReadFault(NodeDef node)
    {
        const string Read = "/read";
        if (node is not { Op: "Identity", Input: [var read, ..] } || !node.Name.EndsWith(Read, StringComparison.Ordinal))
            return null;
        var owner = node.Name[..^Read.Length];
        var isPlaced = node.Attr.GetValueOrDefault("_class")?.List?.S is [var place] && place.ToStringUtf8() == $"loc:@{owner}";
        return isPlaced && read != owner ? $"it reads {read}, and belongs to {owner}" : null;
    }

    private string? UseFault(NodeDef node, string variable)
    {
        if (Users(variable) is not { } users)
            return null;
        // Gradients of another loss say nothing about this variable.
        var own = _differentiated.Where(scope => scope.EndsWith($"/{node.Name}", StringComparison.Ordinal)
            && users.Any(user => user.StartsWith(scope[..^node.Name.Length], StringComparison.Ordinal))).ToArray();
        return own.Length == 0 || own.Any(users.Contains) ? null
            : $"it uses variable {variable}, which learns from {string.Join(", ", users.Take(3))} only";
    }

    // What stands before _grad in a gradient's name: where gradients are made, and the node.
    private static string? Scope(string name)
        => name.IndexOf(GradientCheck.Suffix, StringComparison.Ordinal) is > 0 and var end ? name[..end] : null;

    private string? Variable(string input)
        => NodeInput.Parse(input) is { IsControl: false } use && _nodes[use.Node] is { Op: "Identity" or "ReadVariableOp", Input: [var variable, ..] }
            && _nodes.TryGetValue(variable, out var node) && VariableMap.IsVariable(node) ? variable : null;

    // The scopes from which a variable's gradient comes; null when nothing updates it, or in an unknown way.
    private HashSet<string>? Users(string variable)
    {
        if (_users.TryGetValue(variable, out var users))
            return users;
        users = [];
        foreach (var update in _updates[variable])
        {
            var arguments = _schemas.Listed(update.Op)?.InputArg.Select(arg => arg.Name).ToList() ?? [];
            var gradient = arguments.FindIndex(name => name is "grad" or "delta");
            if (gradient < 0 || gradient >= update.Input.Count)
                return _users[variable] = null;
            AddUsers(users, update.Input[gradient]);
        }

        return _users[variable] = users.Count > 0 ? users : null;
    }

    private void AddUsers(HashSet<string> users, string gradient)
    {
        var seen = new HashSet<string>();
        var left = new Stack<string>([NodeInput.Parse(gradient)!.Value.Node]);
        while (left.TryPop(out var name))
        {
            if (!seen.Add(name))
                continue;
            if (Scope(name) is { } scope)
            {
                users.Add(scope);
                continue;
            }

            foreach (var input in _nodes[name].Input.Where(input => !input.StartsWith('^')))
                left.Push(NodeInput.Parse(input)!.Value.Node);
        }
    }
}
