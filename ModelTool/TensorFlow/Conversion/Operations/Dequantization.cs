namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>
/// Weights that were stored as 8 bits with the limits of their range, as TensorFlow's graph transform quantize_weights does
/// (tensorflow/tensorflow, core/ops/array_ops.cc, Dequantize; core/kernels/quantization_utils.h).
/// </summary>
internal static class Dequantization
{
    private const int Steps = 255;

    /// <exception cref="UnsupportedException">Not of constants of 8 bits.</exception>
    public static Operand Convert(NodeContext context)
    {
        var mode = context.Text("mode", "MIN_COMBINED");
        if (context.Input(0) is not Operand.Constant { Type: DataType.DtQuint8 or DataType.DtQint8 } weights || mode is not ("MIN_COMBINED" or "MIN_FIRST"))
            throw new UnsupportedException($"turns quantised numbers into floats in mode {mode}, and they are no weights of 8 bits");
        var (low, high) = (FakeQuantization.Scalar(context, 1), FakeQuantization.Scalar(context, 2));
        var step = (high - low) / Steps;
        // This mode has zero on a step.
        if (mode == "MIN_FIRST" && step != 0)
            low = MathF.Round(low / step, MidpointRounding.AwayFromZero) * step;
        return new Operand.Constant(DataType.DtFloat, weights.Sizes, context.Name, Read, [new(weights.Name, weights.Sizes.Aggregate(1L, (product, size) => product * size))]);

        Tensor Read()
        {
            var bytes = weights.Read().Bytes.Span;
            var first = weights.Type == DataType.DtQint8 ? sbyte.MinValue : 0;
            var numbers = new float[bytes.Length];
            for (var index = 0; index < numbers.Length; index++)
                numbers[index] = low + ((weights.Type == DataType.DtQint8 ? (sbyte)bytes[index] : bytes[index]) - first) * step;
            return TensorNumbers.FromFloats(numbers, weights.Sizes);
        }
    }
}
