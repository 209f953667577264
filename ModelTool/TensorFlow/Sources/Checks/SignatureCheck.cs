namespace ClassifierFunctions.ModelTool.TensorFlow.Sources.Checks;

/// <summary>Whether nodes are as the signatures of their operations say, which TensorFlow writes into the same file.</summary>
/// <param name="isInFunction">Whether a node is of a function's body: not all that write files list the operations of these.</param>
/// <param name="isStripped">Whether the file leaves out attributes that have their defaults (stripped_default_attrs).</param>
internal sealed class SignatureCheck(
    OpSchemas schemas, IReadOnlyDictionary<string, NodeDef> nodes, Predicate<NodeDef> isInFunction, bool isStripped)
{
    // A type of 100 + n is a reference to a variable of type n.
    private const int Reference = 100;

    /// <returns>What is wrong; null when nothing is, or there is nothing to compare with.</returns>
    public string? Fault(NodeDef node)
        => !schemas.IsListed ? null
            : schemas.Listed(node.Op) is { } op ? AttributeFault(node, op) ?? InputFault(node, op)
            : isInFunction(node) ? null
            : "the file's list of operations has none of that name";

    private string? AttributeFault(NodeDef node, OpDef op)
    {
        foreach (var (name, value) in node.Attr)
        {
            // Those are for TensorFlow's own use, on any operation.
            if (name.StartsWith('_'))
                continue;
            if (op.Attr.FirstOrDefault(attr => attr.Name == name) is not { } known)
                return $"the operation has no attribute {name}";
            if (!IsOfType(value, known.Type))
                return $"attribute {name} is {value.ValueCase}, not {known.Type}";
            if (!IsAllowed(value, known))
                return $"attribute {name} has a value that the operation does not allow";
        }

        return op.Attr.FirstOrDefault(attr => !node.Attr.ContainsKey(attr.Name) && (attr.DefaultValue is null || !isStripped)) is { } missing
            ? $"it has no attribute {missing.Name}"
            : null;
    }

    private string? InputFault(NodeDef node, OpDef op)
    {
        var inputs = node.Input.Select(text => NodeInput.Parse(text)!.Value).Where(input => !input.IsControl).ToArray();
        var expected = op.InputArg.Sum(arg => OpSchemas.Count(node, op, arg));
        if (inputs.Length != expected)
            return $"it has {inputs.Length} inputs, and its operation {expected}";
        var types = op.InputArg.SelectMany(arg => OpSchemas.Types(node, op, arg)).ToArray();
        for (var i = 0; i < inputs.Length; i++)
        {
            if (schemas.OutputType(nodes[inputs[i].Node], inputs[i].Port) is { } type && Value(type) != Value(types[i]))
                return $"input {i} ({inputs[i]}) is {type}, not {types[i]}";
        }

        return null;
    }

    private static int Value(DataType type) => (int)type % Reference;

    private static bool IsOfType(AttrValue value, string type)
    {
        if (type.StartsWith("list(", StringComparison.Ordinal))
            return value.List is { } list && Items(list) == Items(list, type);
        return value.ValueCase == type switch
        {
            "string" => AttrValue.ValueOneofCase.S,
            "int" => AttrValue.ValueOneofCase.I,
            "float" => AttrValue.ValueOneofCase.F,
            "bool" => AttrValue.ValueOneofCase.B,
            "type" => AttrValue.ValueOneofCase.Type,
            "shape" => AttrValue.ValueOneofCase.Shape,
            "tensor" => AttrValue.ValueOneofCase.Tensor,
            "func" => AttrValue.ValueOneofCase.Func,
            _ => AttrValue.ValueOneofCase.None,
        };
    }

    private static int Items(AttrValue.Types.ListValue list)
        => list.S.Count + list.I.Count + list.F.Count + list.B.Count + list.Type.Count + list.Shape.Count + list.Tensor.Count + list.Func.Count;

    private static int Items(AttrValue.Types.ListValue list, string type) => type switch
    {
        "list(string)" => list.S.Count,
        "list(int)" => list.I.Count,
        "list(float)" => list.F.Count,
        "list(bool)" => list.B.Count,
        "list(type)" => list.Type.Count,
        "list(shape)" => list.Shape.Count,
        "list(tensor)" => list.Tensor.Count,
        "list(func)" => list.Func.Count,
        _ => -1,
    };

    private static bool IsAllowed(AttrValue value, OpDef.Types.AttrDef attr)
    {
        if (attr.HasMinimum && (attr.Type == "int" ? value.I : value.List is { } list ? Items(list) : attr.Minimum) < attr.Minimum)
            return false;
        return attr.AllowedValues?.List is not { } allowed
            || (value.ValueCase switch
            {
                AttrValue.ValueOneofCase.S => allowed.S.Contains(value.S),
                AttrValue.ValueOneofCase.Type => allowed.Type.Contains(value.Type),
                AttrValue.ValueOneofCase.List => value.List.Type.All(allowed.Type.Contains) && value.List.S.All(allowed.S.Contains),
                _ => true,
            });
    }
}
