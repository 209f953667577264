using System.Globalization;

namespace ClassifierFunctions.ModelTool.TensorFlow.Sources;

/// <summary>One call of a function: how what its body calls inputs is called in the flat graph.</summary>
/// <remarks>
/// In a body (tensorflow/core/framework/function.proto) an input is an argument (<c>arg</c>, or <c>arg:k</c> of a list) or <c>node:output:k</c>,
/// where output is the name that the operation's signature gives it; without k, all tensors of that output are meant.
/// </remarks>
internal sealed class FunctionBody
{
    private readonly string _file;
    private readonly FunctionDef _function;
    private readonly string _prefix;
    private readonly FunctionLibrary _library;
    private readonly IReadOnlyDictionary<string, AttrValue> _attributes;
    private readonly Dictionary<string, string[]> _arguments = [];
    private readonly Dictionary<string, NodeDef> _nodes = [];

    /// <param name="file">For messages.</param>
    /// <param name="prefix">Of the nodes' names in the flat graph.</param>
    /// <param name="attributes">The function's, as the call gives them.</param>
    /// <param name="inputs">Data inputs of the call.</param>
    /// <exception cref="ImportException">Call and function do not fit, or the function is damaged.</exception>
    public FunctionBody(
        string file, FunctionDef function, string prefix, FunctionLibrary library, IReadOnlyDictionary<string, AttrValue> attributes,
        IReadOnlyList<string> inputs)
    {
        (_file, _function, _prefix, _library, _attributes) = (file, function, prefix, library, attributes);
        var call = new NodeDef { Attr = { attributes.ToDictionary() } };
        var next = 0;
        foreach (var argument in function.Signature.InputArg)
        {
            var count = OpSchemas.Count(call, function.Signature, argument);
            if (count > inputs.Count - next || !_arguments.TryAdd(argument.Name, [.. inputs.Skip(next).Take((int)count)]))
                throw Damaged($"its argument {argument.Name} is there twice, or a call has too few inputs");
            next += (int)count;
        }

        if (next != inputs.Count)
            throw Damaged($"it has {next} inputs, and is called with {inputs.Count}");
        foreach (var node in function.NodeDef)
        {
            if (node.Name.Length == 0 || node.Op.Length == 0 || !_nodes.TryAdd(node.Name, Bound(node)))
                throw Damaged($"node {node.Name} ({node.Op}) has no name or no op, or its name is there twice");
        }
    }

    /// <summary>The body's nodes as they are in the flat graph.</summary>
    public IEnumerable<NodeDef> Nodes()
    {
        foreach (var node in _nodes.Values)
        {
            var flat = node.Clone();
            flat.Name = Flat(node.Name);
            flat.Input.Clear();
            flat.Input.Add(node.Input.SelectMany(input => Resolve(input, node.Name)));
            yield return flat;
        }
    }

    /// <summary>What the function returns, with the types.</summary>
    public IReadOnlyList<(string Input, DataType Type)> Outputs()
    {
        var outputs = new List<(string, DataType)>();
        foreach (var output in _function.Signature.OutputArg)
        {
            if (!_function.Ret.TryGetValue(output.Name, out var source))
                throw Damaged($"it does not say what its output {output.Name} is");
            var types = output.TypeListAttr.Length > 0 ? _attributes.GetValueOrDefault(output.TypeListAttr)?.List?.Type : null;
            var type = output.TypeAttr.Length > 0 ? _attributes.GetValueOrDefault(output.TypeAttr)?.Type ?? DataType.DtInvalid : output.Type;
            outputs.AddRange(Resolve(source, output.Name).Select((input, index) => (input, types is null ? type : types.ElementAtOrDefault(index))));
        }

        return outputs;
    }

    /// <summary>What a call waits for, as control inputs.</summary>
    public IEnumerable<string> Controls()
        => _function.ControlRet.Values.Select(name =>
            _nodes.ContainsKey(name) ? "^" + Flat(name) : throw Damaged($"it returns {name}, which is none of its nodes"));

    private string Flat(string name) => $"{_prefix}/{name}";

    private IEnumerable<string> Resolve(string input, string by)
    {
        if (input.StartsWith('^'))
        {
            return _nodes.ContainsKey(input[1..]) ? ["^" + Flat(input[1..])]
                : _arguments.TryGetValue(input[1..], out var waited) ? waited.Select(text => "^" + NodeInput.Parse(text)?.Node)
                : throw Unknown(input, by);
        }

        var parts = input.Split(':');
        var index = -1;
        var isNumbered = parts.Length > 1 && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out index);
        if (_arguments.TryGetValue(parts[0], out var tensors) && parts.Length <= 2)
            return parts.Length == 1 ? tensors : isNumbered && index < tensors.Length ? [tensors[index]] : throw Unknown(input, by);
        if (!_nodes.TryGetValue(parts[0], out var node) || parts.Length is < 2 or > 3 || (parts.Length == 3 && !isNumbered))
            throw Unknown(input, by);
        // Of an operation whose signature is not known, the one output that most have.
        var (start, count) = _library.Outputs(node) is { } outputs ? Find(outputs, parts[1]) : (0, parts.Length == 3 ? index + 1L : 1);
        if (count < 0 || index >= count || start + count > int.MaxValue)
            throw Unknown(input, by);
        return (parts.Length == 3 ? [index] : Enumerable.Range(0, (int)Math.Min(count, 1 << 16)))
            .Select(k => new NodeInput(Flat(node.Name), (int)start + k, false).ToString());
    }

    private static (long Start, long Count) Find(IReadOnlyList<(string Name, long Count)> outputs, string name)
    {
        var start = 0L;
        foreach (var output in outputs)
        {
            if (output.Name == name)
                return (start, output.Count);
            start += output.Count;
        }

        return (0, -1);
    }

    private NodeDef Bound(NodeDef node)
    {
        var bound = node.Clone();
        Bind(bound.Attr, node.Name);
        return bound;
    }

    private void Bind(IDictionary<string, AttrValue> attributes, string by)
    {
        foreach (var (name, value) in attributes.ToArray())
        {
            if (value.ValueCase == AttrValue.ValueOneofCase.Placeholder)
            {
                var given = _attributes.GetValueOrDefault(value.Placeholder)
                    ?? _function.Signature.Attr.FirstOrDefault(attr => attr.Name == value.Placeholder)?.DefaultValue;
                attributes[name] = given?.Clone()
                    ?? throw Damaged($"attribute {name} of node {by} is ${value.Placeholder}, which the call does not give");
            }

            if (value.Func is { } function)
                Bind(function.Attr, by);
            foreach (var listed in value.List?.Func ?? [])
                Bind(listed.Attr, by);
        }
    }

    private ImportException Unknown(string input, string by) => Damaged($"input {input} of {by} names none of its nodes' outputs or arguments");

    private ImportException Damaged(string what) => new($"{_file} is damaged: function {_function.Signature.Name}: {what}.");
}
