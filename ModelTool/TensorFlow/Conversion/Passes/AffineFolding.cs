using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>
/// Takes batch normalisations, scales and offsets per channel into the weights of the convolution or dense layer before them:
/// <c>s (W x + b) + t = (s W) x + (s b + t)</c>.
/// </summary>
internal static class AffineFolding
{
    /// <summary>Changes the graph in place. Constants must be computed before.</summary>
    public static void Run(ComputeGraph graph)
    {
        var uses = graph.CountUses();
        var replaced = new Dictionary<GraphValue, GraphValue>();
        var gone = new HashSet<GraphNode>();
        foreach (var node in graph.Nodes)
        {
            node.Replace(replaced);
            if (Affine.Of(node) is not { } affine || affine.Input.Producer is not { } layer || uses[affine.Input] != 1 || !TryTakeIn(layer, affine, uses))
                continue;
            // The layer makes what the node made.
            gone.Add(node);
            var made = new GraphValue(node.Output.Name, node.Output.Type, node.Output.Dims) { Producer = layer };
            uses[made] = uses.GetValueOrDefault(node.Output);
            layer.Outputs = [made];
            replaced[node.Output] = made;
        }

        graph.Nodes.RemoveAll(gone.Contains);
        graph.Replace(replaced);
    }

    private static bool TryTakeIn(GraphNode layer, Affine affine, Dictionary<GraphValue, int> uses)
    {
        // Filters are [outputs, ...], matrices [inputs, outputs].
        var isConv = layer.Operator == "Conv";
        if (!isConv && layer is not { Operator: "MatMul" or "Gemm" })
            return false;
        if (layer.Inputs[1] is not { Constant: { Type: DataType.DtFloat } weights } || layer.Output.Dims.Count < 2)
            return false;
        var transposed = layer.Attributes.TryGetValue("transB", out var flag) && flag.Proto.I == 1;
        var outputsFirst = isConv || transposed;
        var channels = layer.Output.Dims[1].Known;
        if (channels is null || layer.Output.Dims.Count != (isConv ? 4 : 2) || (!isConv && weights.Dims.Count != 2))
            return false;
        var (scale, offset) = affine.PerChannel((int)channels, isConv ? 4 : 2);
        if (scale is null && offset is null)
            return false;
        var bias = layer.Inputs.ElementAtOrDefault(2);
        if (bias is not null && bias.Constant is not { Type: DataType.DtFloat, Dims.Count: 1 })
            return false;

        if (scale is not null)
            layer.Inputs[1] = Scaled(layer.Inputs[1]!, scale, outputsFirst);
        var offsets = new float[channels.Value];
        var before = bias is null ? [] : bias.Constant!.Floats();
        for (var channel = 0; channel < offsets.Length; channel++)
            offsets[channel] = (float)((before.IsEmpty ? 0 : before[channel]) * (scale?[channel] ?? 1) + (offset?[channel] ?? 0));
        if (offset is not null || bias is not null)
        {
            var value = ComputeGraph.Constant(bias?.Name ?? $"{affine.Name}/bias", TensorNumbers.FromFloats(offsets, offsets.Length));
            if (layer.Inputs.Count > 2)
                layer.Inputs[2] = value;
            else
                layer.Inputs.Add(value);
            uses[value] = 1;
            // Of the dense operators it is Gemm that has a bias.
            if (!isConv)
                layer.Operator = "Gemm";
        }

        uses.TryAdd(layer.Inputs[1]!, 1);
        return true;
    }

    private static GraphValue Scaled(GraphValue value, double[] scale, bool outputsFirst)
    {
        var tensor = value.Constant!;
        var numbers = tensor.Floats().ToArray();
        var perOutput = outputsFirst ? numbers.Length / scale.Length : 1;
        for (var index = 0; index < numbers.Length; index++)
            numbers[index] = (float)(numbers[index] * scale[outputsFirst ? index / perOutput : index % scale.Length]);
        return ComputeGraph.Constant(value.Name, TensorNumbers.FromFloats(numbers, tensor.Dims));
    }
}
