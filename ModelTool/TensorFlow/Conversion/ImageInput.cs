using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>Where the image enters the graph.</summary>
/// <param name="Node">The node whose result the image takes the place of.</param>
/// <param name="Port">Which of its results.</param>
/// <param name="Type">float32 or uint8.</param>
/// <param name="Dims">What each run is given: [N, H, W, C] or [N, C, H, W].</param>
/// <param name="Becomes">The shape in which the graph wants it, where that is another.</param>
/// <param name="FixedBatch">The number of images that the graph was made for, when it was made for one number only.</param>
internal sealed record ImageInput(
    string Node, int Port, DataType Type, IReadOnlyList<Dim> Dims, IReadOnlyList<Dim> Becomes, long? FixedBatch)
{
    public bool ChannelsLast => Dims[1].Known is not (1 or 3) || Dims[3].Known is 1 or 3;

    /// <summary>What the model calls it.</summary>
    public string Name => Port == 0 ? Node : $"{Node}:{Port}";

    public int Height => (int)(ChannelsLast ? Dims[1] : Dims[2]).Factor;

    public int Width => (int)(ChannelsLast ? Dims[2] : Dims[3]).Factor;

    public int Channels => (int)(ChannelsLast ? Dims[3] : Dims[1]).Factor;

    /// <summary>The same for one image at a time.</summary>
    public ImageInput ForOneImage() => this with { Dims = [1, .. Dims.Skip(1)], Becomes = [1, .. Becomes.Skip(1)] };

    /// <summary>The image as the graph's first operand.</summary>
    public Operand Operand(GraphEvaluator evaluator)
    {
        var value = evaluator.Graph.Input ??= new GraphValue(Name, OnnxTypes.Widened(Type), Dims);
        if (Becomes.SequenceEqual(Dims))
            return new Operand.Computed(value, Layout.Plain, null);
        var shape = ComputeGraph.Constant($"{Node}/shape", [.. Becomes.Select(dim => dim.Known ?? -1)]);
        return new Operand.Computed(evaluator.Graph.Add("Reshape", $"{Node}/flat", value.Type, Becomes, [value, shape]), Layout.Plain, null);
    }
}
