using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>Writes nodes into an ONNX graph, with names that are unique there.</summary>
internal sealed class OnnxEmitter(OnnxGraphBuilder builder)
{
    private const string ImageCount = "batch";

    private readonly Dictionary<GraphValue, OnnxValue> _values = [];
    private readonly HashSet<string> _names = [];

    /// <param name="input">What each run is given; null for a graph of constants only.</param>
    /// <param name="nodes">In an order in which they can be computed.</param>
    /// <param name="outputs">By the names that the runs give them.</param>
    public void Emit(GraphValue? input, IReadOnlyList<GraphNode> nodes, IReadOnlyList<(string Name, GraphValue Value)> outputs)
    {
        // Input and outputs have the names that people know; the others give way.
        _names.UnionWith(outputs.Select(output => output.Name));
        if (input is not null)
            _values[input] = builder.Input(input.Name, OnnxTypes.Of(input.Type), Dims(input));
        if (input is not null && !_names.Add(input.Name))
            throw new ImportException($"{input.Name} is input and output of the model; name another output.");
        var named = new Dictionary<GraphValue, string>();
        foreach (var (name, value) in outputs)
        {
            if (value.Producer is { Outputs.Count: 1 })
                named.TryAdd(value, name);
        }

        foreach (var node in nodes)
            Emit(node, named);
        foreach (var (name, value) in outputs)
        {
            // What no node makes under that name alone gets one of its own.
            var made = named.GetValueOrDefault(value) == name ? _values[value] : builder.Node(new OnnxOperator("Identity", name), [Of(value)]);
            builder.Output(made, OnnxTypes.Of(value.Type), Dims(value));
        }
    }

    private static OnnxDim[] Dims(GraphValue value)
        // As many as there are images is a name; another number that depends on them is one that nobody needs to know.
        => [.. value.Dims.Select(dim => dim.PerImage ? (OnnxDim)(dim.Factor == 1 ? ImageCount : $"{ImageCount}_x_{dim.Factor}") : dim.Factor)];

    private void Emit(GraphNode node, Dictionary<GraphValue, string> named)
    {
        OnnxValue[] inputs = [.. node.Inputs.Select(input => input is null ? OnnxValue.None : Of(input))];
        var name = named.TryGetValue(node.Output, out var given) ? given : Unique(node.Output.Name, node.Outputs.Count);
        var made = builder.Node(new OnnxOperator(node.Operator, name), inputs, node.Outputs.Count, [.. node.Attributes.Values]);
        for (var index = 0; index < made.Length; index++)
        {
            _values[node.Outputs[index]] = made[index];
            _names.Add(made[index].Name);
        }
    }

    private OnnxValue Of(GraphValue value)
    {
        if (_values.TryGetValue(value, out var known))
            return known;
        var tensor = value.Constant ?? throw new InvalidOperationException($"{value.Name} is used before it is made.");
        return _values[value] = builder.Weights(Unique(value.Name), tensor.Bytes, OnnxTypes.Of(tensor.Type), [.. tensor.Dims]);
    }

    private string Unique(string wanted, int outputs = 1)
    {
        var name = wanted;
        // Several outputs have a number behind the name, as outputs of the model may have that people ask for.
        for (var number = 1; !_names.Add(name) || (outputs > 1 && Enumerable.Range(0, outputs).Any(output => _names.Contains($"{name}:{output}"))); number++)
            name = $"{wanted}_{number}";
        return name;
    }
}
