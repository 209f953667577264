using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>A node that multiplies by constants and adds constants: <c>scale x + offset</c>.</summary>
/// <param name="Name">Of the node's result.</param>
/// <param name="Input">x.</param>
/// <param name="Scale">Null for 1.</param>
/// <param name="Offset">Null for 0.</param>
internal sealed record Affine(string Name, GraphValue Input, Tensor? Scale, Tensor? Offset)
{
    /// <summary>The node as such; null when it is none.</summary>
    public static Affine? Of(GraphNode node)
    {
        if (node.Operator == "BatchNormalization")
            return OfBatchNormalization(node);
        if (node.Inputs is not [{ } left, { } right] || node.Output.IsConstant)
            return null;
        return (node.Operator, left.Constant, right.Constant) switch
        {
            ("Add", { Type: DataType.DtFloat } offset, null) => new(node.Output.Name, right, null, offset),
            ("Add", null, { Type: DataType.DtFloat } offset) => new(node.Output.Name, left, null, offset),
            ("Sub", null, { Type: DataType.DtFloat } offset) => new(node.Output.Name, left, null, Changed(offset, number => -number)),
            ("Mul", { Type: DataType.DtFloat } scale, null) => new(node.Output.Name, right, scale, null),
            ("Mul", null, { Type: DataType.DtFloat } scale) => new(node.Output.Name, left, scale, null),
            ("Div", null, { Type: DataType.DtFloat } scale) => new(node.Output.Name, left, Changed(scale, number => 1 / number), null),
            _ => null,
        };
    }

    /// <summary>Scale and offset for each channel, which is axis 1; neither when they differ within a channel.</summary>
    public (double[]? Scale, double[]? Offset) PerChannel(int channels, int rank)
    {
        var scale = Scale is null ? null : Spread(Scale, channels, rank);
        var offset = Offset is null ? null : Spread(Offset, channels, rank);
        return (Scale is null) == (scale is null) && (Offset is null) == (offset is null) ? (scale, offset) : default;
    }

    private static Affine? OfBatchNormalization(GraphNode node)
    {
        Tensor[] numbers = [.. node.Inputs.Skip(1).Select(input => input?.Constant).OfType<Tensor>()];
        if (numbers.Length != 4)
            return null;
        var epsilon = node.Attributes["epsilon"].Proto.F;
        var gamma = numbers[0].Floats();
        var beta = numbers[1].Floats();
        var mean = numbers[2].Floats();
        var variance = numbers[3].Floats();
        var scale = new float[gamma.Length];
        var offset = new float[gamma.Length];
        for (var channel = 0; channel < scale.Length; channel++)
        {
            var factor = gamma[channel] / Math.Sqrt((double)variance[channel] + epsilon);
            scale[channel] = (float)factor;
            offset[channel] = (float)(beta[channel] - mean[channel] * factor);
        }

        return new(node.Output.Name, node.Inputs[0]!, TensorNumbers.FromFloats(scale, scale.Length, 1, 1), TensorNumbers.FromFloats(offset, offset.Length, 1, 1));
    }

    private static Tensor Changed(Tensor tensor, Func<float, float> change)
    {
        var numbers = tensor.Floats().ToArray();
        for (var index = 0; index < numbers.Length; index++)
            numbers[index] = change(numbers[index]);
        return TensorNumbers.FromFloats(numbers, tensor.Dims);
    }

    private static double[]? Spread(Tensor tensor, int channels, int rank)
    {
        // As broadcast to [images, channels, ...]: only the channels' axis may have more than one number.
        long[] dims = [.. Enumerable.Repeat(1L, Math.Max(0, rank - tensor.Dims.Count)), .. tensor.Dims];
        if (dims.Length != rank || dims.Where((dim, axis) => axis != 1 && dim != 1).Any() || (dims[1] != 1 && dims[1] != channels))
            return null;
        var numbers = tensor.Floats();
        var spread = new double[channels];
        for (var channel = 0; channel < channels; channel++)
            spread[channel] = numbers[numbers.Length == 1 ? 0 : channel];
        return spread;
    }
}
