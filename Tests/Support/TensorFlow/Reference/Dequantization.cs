using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>
/// tf.quantization.dequantize of 8 bits: the least and the greatest of them are min_range and max_range, those between are spread evenly. With MIN_FIRST
/// the range is shifted so that 0 is one of them.
/// </summary>
internal static class Dequantization
{
    public static Dictionary<string, ReferenceKernel> Kernels { get; } = new()
    {
        ["Dequantize"] = (node, inputs) =>
        {
            var (min, max) = (inputs[1].Values[0], inputs[2].Values[0]);
            var least = inputs[0].Type == DataType.DtQint8 ? -128 : 0;
            var step = (max - min) / 255;
            var from = node.Text("mode", "MIN_COMBINED") == "MIN_FIRST" ? Math.Round(min / step, MidpointRounding.AwayFromZero) * step : min;
            return [inputs[0].Map(value => from + ((value - least) * step)) with { Type = DataType.DtFloat }];
        },
    };
}
