using System.Runtime.InteropServices;
using ClassifierFunctions.Models.Onnx;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

/// <summary>The graph in the making: ONNX operators on values whose shapes are known, in an order in which they can be computed.</summary>
internal sealed class ComputeGraph
{
    public List<GraphNode> Nodes { get; } = [];

    /// <summary>What each run is given.</summary>
    public GraphValue? Input { get; set; }

    /// <summary>What each run gives, by their names.</summary>
    public List<(string Name, GraphValue Value)> Outputs { get; } = [];

    /// <summary>A node with one output.</summary>
    public GraphValue Add(
        string @operator, string name, DataType type, IReadOnlyList<Dim> dims, IReadOnlyList<GraphValue?> inputs, params ReadOnlySpan<OnnxAttribute> attributes)
        => Add(@operator, type, [(name, dims)], inputs, attributes).Output;

    /// <summary>A node with several outputs of the same type.</summary>
    public GraphNode Add(
        string @operator,
        DataType type,
        IReadOnlyList<(string Name, IReadOnlyList<Dim> Dims)> outputs,
        IReadOnlyList<GraphValue?> inputs,
        params ReadOnlySpan<OnnxAttribute> attributes)
    {
        var node = new GraphNode { Operator = @operator, Inputs = [.. inputs], Attributes = [] };
        foreach (var attribute in attributes)
            node.Attributes[attribute.Name] = attribute;
        var isConstant = inputs.Count > 0 && inputs.All(input => input is null or { IsConstant: true });
        Weights[] weights = isConstant ? [.. inputs.SelectMany(input => input?.Weights ?? []).Distinct()] : [];
        node.Outputs = [.. outputs.Select(output => new GraphValue(output.Name, type, output.Dims) { Producer = node, IsConstant = isConstant, Weights = weights })];
        Nodes.Add(node);
        return node;
    }

    /// <summary>A constant; floats of other precisions become float32.</summary>
    public static GraphValue Constant(string name, Tensor tensor, IReadOnlyCollection<Weights>? weights = null)
    {
        var numbers = tensor.Widened();
        return new(name, numbers.Type, [.. numbers.Dims.Select(dim => new Dim(dim))]) { Constant = numbers, IsConstant = true, Weights = weights ?? [] };
    }

    public static GraphValue Constant(string name, params ReadOnlySpan<long> values)
        => Constant(name, new Tensor(DataType.DtInt64, [values.Length], MemoryMarshal.AsBytes(values).ToArray()));

    public static GraphValue Constant(string name, float value)
        => Constant(name, new Tensor(DataType.DtFloat, [], BitConverter.GetBytes(value)));

    /// <summary>How many inputs and outputs of the graph take each value.</summary>
    public Dictionary<GraphValue, int> CountUses()
    {
        var uses = new Dictionary<GraphValue, int>();
        foreach (var value in Nodes.SelectMany(node => node.Inputs).OfType<GraphValue>().Concat(Outputs.Select(output => output.Value)))
            CollectionsMarshal.GetValueRefOrAddDefault(uses, value, out _)++;
        return uses;
    }

    /// <summary>Replaces a value wherever it is used.</summary>
    public void Replace(IReadOnlyDictionary<GraphValue, GraphValue> replacements)
    {
        foreach (var node in Nodes)
            node.Replace(replacements);
        for (var index = 0; index < Outputs.Count; index++)
        {
            if (replacements.TryGetValue(Outputs[index].Value, out var replacement))
                Outputs[index] = (Outputs[index].Name, replacement);
        }
    }

    /// <summary>Drops nodes that no output needs.</summary>
    public void Prune()
    {
        var needed = Outputs.Select(output => output.Value).ToHashSet();
        for (var index = Nodes.Count - 1; index >= 0; index--)
        {
            if (Nodes[index].Outputs.Any(needed.Contains))
                needed.UnionWith(Nodes[index].Inputs.OfType<GraphValue>());
            else
                Nodes.RemoveAt(index);
        }
    }
}
