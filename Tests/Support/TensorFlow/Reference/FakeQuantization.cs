using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>
/// tf.quantization.fake_quant_with_min_max_vars: clamped to [min, max], which are shifted first so that 0 is one of the 2^num_bits values (one fewer with
/// narrow_range), then rounded to the nearest of them.
/// </summary>
internal static class FakeQuantization
{
    public static Dictionary<string, ReferenceKernel> Kernels { get; } = new()
    {
        ["FakeQuantWithMinMaxVars"] = (node, inputs) => [Quantize(node, inputs[0], _ => (inputs[1].Values[0], inputs[2].Values[0]))],
        ["FakeQuantWithMinMaxVarsPerChannel"] = (node, inputs) => [Quantize(node, inputs[0], channel => (inputs[1].Values[channel], inputs[2].Values[channel]))],
        ["FakeQuantWithMinMaxArgs"] = (node, inputs) => [Quantize(node, inputs[0], _ => (node.Float("min", -6), node.Float("max", 6)))],
    };

    private static ReferenceTensor Quantize(NodeDef node, ReferenceTensor x, Func<int, (double Min, double Max)> range)
    {
        var (least, greatest) = (node.Bool("narrow_range") ? 1 : 0, (1 << node.Int("num_bits", 8)) - 1);
        return ReferenceTensor.Compute(x.Dims, x.Type, at =>
        {
            var (min, max) = range(at[^1]);
            var scale = (max - min) / (greatest - least);
            var zero = Math.Round(Math.Clamp(least - (min / scale), least, greatest), MidpointRounding.AwayFromZero);
            var (low, high) = ((least - zero) * scale, (greatest - zero) * scale);
            return (Math.Floor(((Math.Clamp(x[at], low, high) - low) / scale) + 0.5) * scale) + low;
        });
    }
}
