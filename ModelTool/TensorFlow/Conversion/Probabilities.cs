using ClassifierFunctions.ModelTool.TensorFlow.Sources;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>What a dropout is set by: scalars made of constants and placeholders.</summary>
internal sealed class Probabilities(TensorFlowModel source)
{
    private const int MaxSteps = 24;

    /// <summary>True for what is reckoned from constants and placeholders without dimensions.</summary>
    public bool IsScalar(string tensor) => IsScalar(tensor, 0);

    /// <summary>Its number; null when it is not made of constants alone.</summary>
    public double? Number(string tensor) => Number(tensor, 0);

    /// <summary>The placeholders that it is made of.</summary>
    public HashSet<string> Placeholders(string tensor)
    {
        var found = new HashSet<string>();
        Collect(tensor, found, 0);
        return found;
    }

    private static bool IsReckoning(string operation)
        => operation is "Identity" or "Cast" or "Neg" or "Reciprocal" or "Inv" or "Sub" or "Add" or "AddV2" or "Mul" or "RealDiv" or "Div" or "Switch" or "Merge"
            or "Maximum" or "Minimum";

    private bool IsScalar(string tensor, int steps)
    {
        if (steps > MaxSteps || Node(tensor) is not { } node)
            return false;
        return node.Op switch
        {
            "Const" => node.Attr.TryGetValue("value", out var value) && (value.Tensor?.TensorShape?.Dim.Count ?? 0) == 0,
            // Of unknown shape are those that were declared without one, as keep_prob mostly is.
            "Placeholder" or "PlaceholderWithDefault" => source.OutputShape(node, 0) is null or { Count: 0 },
            var operation when IsReckoning(operation) => TensorName.DataInputs(node).All(from => IsScalar(from, steps + 1)),
            _ => false,
        };
    }

    private double? Number(string tensor, int steps)
    {
        if (steps > MaxSteps || Node(tensor) is not { } node)
            return null;
        double?[] inputs = node.Op == "Const" ? [] : [.. TensorName.DataInputs(node).Select(from => Number(from, steps + 1))];
        return (node.Op, inputs) switch
        {
            ("Const", _) => Constant(node),
            ("Identity" or "Cast", [{ } only]) => only,
            ("Neg", [{ } only]) => -only,
            ("Reciprocal" or "Inv", [{ } only]) => 1 / only,
            ("Sub", [{ } left, { } right]) => left - right,
            ("Add" or "AddV2", [{ } left, { } right]) => left + right,
            ("Mul", [{ } left, { } right]) => left * right,
            ("RealDiv" or "Div", [{ } left, { } right]) => left / right,
            _ => null,
        };
    }

    private static double? Constant(NodeDef node)
    {
        try
        {
            return node.Attr.TryGetValue("value", out var value) && value.Tensor is { } proto && ConstantReader.Read(proto).Widened() is { Type: DataType.DtFloat } tensor
                ? tensor.UniformFloat()
                : null;
        }
        catch (UnsupportedException)
        {
            return null;
        }
    }

    private void Collect(string tensor, HashSet<string> found, int steps)
    {
        if (steps > MaxSteps || Node(tensor) is not { } node)
            return;
        if (PlaceholderValues.IsPlaceholder(node))
            found.Add(node.Name);
        foreach (var from in IsReckoning(node.Op) ? TensorName.DataInputs(node) : [])
            Collect(from, found, steps + 1);
    }

    private NodeDef? Node(string tensor) => source.Nodes.GetValueOrDefault(TensorName.Parse(tensor).Node);
}
