using ClassifierFunctions.Models.Onnx.Outline;

namespace ClassifierFunctions.ModelTool.Inspect;

/// <summary>Finds the layers of an ONNX graph: its nodes with weights.</summary>
/// <remarks>
/// Weights reach a layer directly, or through nodes that make constants of constants: Constant, Identity, DequantizeLinear, Transpose and the like.
/// Whole numbers of 64 bits and truth values are shapes and axes, single numbers are settings: neither makes a node a layer.
/// </remarks>
internal static class OnnxLayers
{
    // TensorProto.DataType of onnx.proto.
    private const int Int64 = 7;
    private const int Bool = 9;

    /// <summary>The layers in the order of computation, each weight counted once.</summary>
    public static IReadOnlyList<OnnxLayer> In(GraphProto graph)
    {
        var shapes = graph.ValueInfo.Concat(graph.Output).GroupBy(value => value.Name).ToDictionary(group => group.Key, group => group.First().Type);
        // What a constant value was made of.
        var constants = new Dictionary<string, TensorProto[]>();
        foreach (var tensor in graph.Initializer)
            constants[tensor.Name] = [tensor];
        var counted = new HashSet<TensorProto>(ReferenceEqualityComparer.Instance);
        var layers = new List<OnnxLayer>();
        foreach (var node in graph.Node)
        {
            var inputs = node.Input.Where(input => input.Length > 0).ToArray();
            var own = node.Attribute.Select(attribute => attribute.T).OfType<TensorProto>();
            var weights = inputs.SelectMany(input => constants.GetValueOrDefault(input, [])).Concat(own).ToArray();
            if (inputs.All(constants.ContainsKey) && (inputs.Length > 0 || weights.Length > 0))
            {
                foreach (var output in node.Output)
                    constants[output] = weights;
            }
            else if (weights.Where(IsWeight).ToArray() is { Length: > 0 } found && found.Where(counted.Add).Sum(Elements) is > 0 and var parameters)
            {
                layers.Add(new(
                    node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(""),
                    Operator(node, inputs, constants),
                    node.Output.FirstOrDefault() is { } output && shapes.TryGetValue(output, out var type) ? OnnxText.Shape(type.TensorType?.Shape) : "",
                    parameters));
            }
        }

        return layers;
    }

    /// <summary>Number of all weights, whatever they are for, also of those that no node uses.</summary>
    public static long Parameters(GraphProto graph)
        => graph.Initializer.Sum(Elements)
            + graph.Node.Where(node => node.OpType == "Constant").SelectMany(node => node.Attribute).Select(attribute => attribute.T).OfType<TensorProto>().Sum(Elements);

    private static bool IsWeight(TensorProto tensor) => tensor.DataType is not (Int64 or Bool) && Elements(tensor) > 1;

    private static long Elements(TensorProto tensor) => tensor.Dims.Aggregate(1L, (product, dim) => product * dim);

    private static string Operator(NodeProto node, string[] inputs, Dictionary<string, TensorProto[]> constants)
    {
        var text = node.OpType;
        // The kernel's shape may be left out: then it is that of the weights, behind the channels.
        var kernel = Ints(node, "kernel_shape") ?? (node.OpType is "Conv" or "ConvTranspose" or "ConvInteger" or "QLinearConv"
            ? inputs.Skip(1).SelectMany(input => constants.GetValueOrDefault(input, [])).FirstOrDefault(tensor => tensor.Dims.Count > 2)?.Dims.Skip(2)
            : null);
        if (kernel is not null)
            text += $" {string.Join(" x ", kernel)}";
        if (Ints(node, "strides") is { } strides && strides.Any(stride => stride != 1))
            text += $" / {(strides.Distinct().Count() == 1 ? $"{strides[0]}" : string.Join(" x ", strides))}";
        if (Ints(node, "dilations") is { } dilations && dilations.Any(dilation => dilation != 1))
            text += $", dilated {(dilations.Distinct().Count() == 1 ? $"{dilations[0]}" : string.Join(" x ", dilations))}";
        if (node.Attribute.FirstOrDefault(attribute => attribute.Name == "group") is { I: > 1 and var groups })
            text += $", {groups} groups";
        return text;
    }

    private static long[]? Ints(NodeProto node, string name)
        => node.Attribute.FirstOrDefault(attribute => attribute.Name == name) is { Ints.Count: > 0 } attribute ? [.. attribute.Ints] : null;
}
