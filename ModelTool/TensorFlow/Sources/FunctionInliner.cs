namespace ClassifierFunctions.ModelTool.TensorFlow.Sources;

/// <summary>
/// Puts the bodies of functions in the place of their calls, and Switch and Merge in that of If: what TensorFlow itself does before it runs a
/// graph (tensorflow/core/common_runtime/inline_function_utils.cc, lower_if_op.cc).
/// </summary>
/// <remarks>
/// A call stays as an Identity (IdentityN, NoOp) of the same name, so that everything else goes on as it was. Nodes of the body are called after
/// the call.
/// </remarks>
internal sealed class FunctionInliner
{
    private const int MaxDepth = 64;
    private const int MaxNodes = 100_000;

    private readonly string _file;
    private readonly FunctionLibrary _library;
    private readonly HashSet<string> _names = [];
    private readonly HashSet<string> _scopes = [];
    private readonly HashSet<string> _added = [];
    private readonly List<NodeDef> _nodes = [];
    private readonly Stack<string> _calls = new();
    private int _inlined;

    private FunctionInliner(string file, FunctionLibrary library) => (_file, _library) = (file, library);

    /// <param name="file">For messages.</param>
    /// <param name="faults">What is wrong with functions, by their numbers.</param>
    /// <param name="schemas">Of the operations in the functions.</param>
    /// <returns>The graph without calls, and the names of nodes that the file does not have.</returns>
    /// <exception cref="ImportException">A function is missing or damaged, calls itself, or there would be too many nodes.</exception>
    public static (IReadOnlyList<NodeDef> Nodes, IReadOnlySet<string> Added) Inline(
        string file, GraphDef graph, IReadOnlyDictionary<int, string> faults, OpSchemas schemas)
    {
        var inliner = new FunctionInliner(file, new FunctionLibrary(file, graph.Library, faults, schemas));
        inliner.Add(graph.Node, []);
        return (inliner._nodes, inliner._added);
    }

    private void Add(IReadOnlyCollection<NodeDef> nodes, string[] controls)
    {
        foreach (var node in nodes)
            Occupy(node.Name);
        foreach (var node in nodes)
        {
            // Without an input, nothing else says that a node belongs to this branch.
            if (node.Input.Count == 0)
                node.Input.Add(controls);
            if (_library.Called(node) is { } called)
                Call(node, called, [.. Data(node)], [.. Controls(node) is [_, ..] own ? own : controls], Controls(node));
            else if (node.Op is "If" or "StatelessIf")
                Branch(node);
            else
                _nodes.Add(node);
        }
    }

    private void Call(NodeDef node, NameAttrList called, string[] inputs, string[] controls, string[] waits)
    {
        if (_library.Find(called.Name) is not { } function)
            throw new ImportException($"{_file} is damaged: node {node.Name} ({node.Op}) calls function {called.Name}, which is not there.");
        if (_library.Fault(called.Name) is { } fault)
            throw new ImportException($"{_file} is damaged: function {called.Name} of node {node.Name}: {fault}.");
        if (_calls.Contains(called.Name))
            throw new ImportException($"{_file}: function {called.Name} calls itself ({string.Join(" from ", _calls)}), which cannot be converted.");
        if (_calls.Count == MaxDepth || (_inlined += function.NodeDef.Count) > MaxNodes)
        {
            throw new ImportException(
                $"{_file}: function {called.Name} of node {node.Name} makes a graph of more than {MaxNodes} nodes or {MaxDepth} levels of calls.");
        }


        _calls.Push(called.Name);
        var body = new FunctionBody(_file, function, Unique(node.Name, _scopes), _library, called.Attr, inputs);
        Add([.. body.Nodes()], controls);
        _calls.Pop();
        StandIn(node, body.Outputs(), [.. waits, .. body.Controls()]);
    }

    // The predicate's Switch has a side for each branch: what belongs to one has that side among its inputs, or waits for it.
    private void Branch(NodeDef node)
    {
        string[] inputs = [.. Data(node)];
        if (Function(node, "then_branch") is not { } then || Function(node, "else_branch") is not { } otherwise || inputs.Length == 0)
            throw Damaged(node, "no condition, or no function for one of its branches");
        var types = node.Attr.TryGetValue("Tin", out var tin) ? tin.List?.Type : null;
        if (types?.Count != inputs.Length - 1)
            throw Damaged(node, $"{inputs.Length - 1} inputs, and types for {types?.Count ?? 0}");
        var predicate = inputs[0];
        if (node.Attr.TryGetValue("Tcond", out var condition) && condition.Type != DataType.DtBool)
            predicate = Add(node, "to_bool", "ToBool", ("T", condition.Type), [predicate]);
        var pivot = Add(node, "switch_pred", "Switch", ("T", DataType.DtBool), [predicate, predicate, .. Controls(node)]);
        string[] pivots =
        [
            Add(node, "pivot_f", "Identity", ("T", DataType.DtBool), [pivot]),
            Add(node, "pivot_t", "Identity", ("T", DataType.DtBool), [pivot + ":1"]),
        ];
        string[] switches =
            [.. inputs.Skip(1).Select((input, index) => Add(node, $"input_{index}", "Switch", ("T", types[index]), [input, predicate]))];
        var no = Called(node, "else", otherwise, switches, pivots[0]);
        var yes = Called(node, "then", then, [.. switches.Select(name => name + ":1")], pivots[1]);
        if (no.Count != yes.Count)
            throw Damaged(node, $"branches with {no.Count} and {yes.Count} outputs");
        var merged = no.Zip(yes, (first, second) => (first.Type, Inputs: new[] { first.Input, second.Input }))
            .Select((output, index) => (Add(node, $"output_{index}", "Merge", ("T", output.Type), output.Inputs), output.Type));
        StandIn(node, [.. merged], pivots.Select(name => "^" + name));
    }

    private List<(string Input, DataType Type)> Called(NodeDef node, string branch, NameAttrList called, string[] inputs, string pivot)
    {
        var call = new NodeDef { Name = UniqueName($"{node.Name}/{branch}"), Op = node.Op };
        Call(call, called, inputs, ["^" + pivot], ["^" + pivot]);
        var types = _nodes[^1].Attr["T"];
        DataType[] all = types.ValueCase == AttrValue.ValueOneofCase.List ? [.. types.List.Type] : [types.Type];
        return [.. all.Select((type, index) => (new NodeInput(call.Name, index, false).ToString(), type))];
    }

    private void StandIn(NodeDef node, IReadOnlyList<(string Input, DataType Type)> outputs, IEnumerable<string> controls)
    {
        var standIn = new NodeDef { Name = node.Name, Op = outputs.Count == 1 ? "Identity" : outputs.Count == 0 ? "NoOp" : "IdentityN" };
        standIn.Input.Add(outputs.Select(output => output.Input).Concat(controls.Distinct()));
        standIn.Attr["T"] = outputs.Count == 1 ? new AttrValue { Type = outputs[0].Type }
            : new AttrValue { List = new AttrValue.Types.ListValue { Type = { outputs.Select(output => output.Type) } } };
        if (node.Attr.TryGetValue("_output_shapes", out var shapes))
            standIn.Attr["_output_shapes"] = shapes;
        _added.Add(standIn.Name);
        _nodes.Add(standIn);
    }

    private string Add(NodeDef node, string name, string op, (string Name, DataType Type) attribute, IEnumerable<string> inputs)
    {
        var added = new NodeDef { Name = UniqueName($"{node.Name}/{name}"), Op = op, Input = { inputs } };
        added.Attr[attribute.Name] = new AttrValue { Type = attribute.Type };
        if (op == "Merge")
            added.Attr["N"] = new AttrValue { I = added.Input.Count };
        _nodes.Add(added);
        _inlined++;
        return added.Name;
    }

    private ImportException Damaged(NodeDef node, string what) => new($"{_file} is damaged: node {node.Name} ({node.Op}) has {what}.");

    private static NameAttrList? Function(NodeDef node, string name) => node.Attr.TryGetValue(name, out var function) ? function.Func : null;

    private static IEnumerable<string> Data(NodeDef node) => node.Input.Where(input => !input.StartsWith('^'));

    private static string[] Controls(NodeDef node) => [.. node.Input.Where(input => input.StartsWith('^'))];

    private void Occupy(string name)
    {
        _names.Add(name);
        // From the inside: of a scope that is there, those around it are too.
        for (var slash = name.LastIndexOf('/'); slash > 0 && _scopes.Add(name[..slash]); slash = name.LastIndexOf('/', slash - 1))
        {
        }
    }

    private string UniqueName(string name)
    {
        name = Unique(name, _names);
        Occupy(name);
        _added.Add(name);
        return name;
    }

    private static string Unique(string name, HashSet<string> taken)
    {
        var unique = name;
        for (var i = 1; !taken.Add(unique); i++)
            unique = $"{name}_{i}";
        return unique;
    }
}
