namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>
/// tf.nn.local_response_normalization: input / (bias + alpha * sqr_sum) ** beta, sqr_sum over depth_radius channels to either side, not divided by their
/// number.
/// </summary>
internal static class LocalResponseNormalization
{
    public static Dictionary<string, ReferenceKernel> Kernels { get; } = new()
    {
        ["LRN"] = (node, inputs) =>
        {
            var (input, radius) = (inputs[0], node.Int("depth_radius", 5));
            var (bias, alpha, beta) = (node.Float("bias", 1), node.Float("alpha", 1), node.Float("beta", 0.5f));
            return
            [
                ReferenceTensor.Compute(input.Dims, input.Type, at =>
                {
                    var squares = 0.0;
                    for (var d = Math.Max(at[3] - radius, 0); d <= Math.Min(at[3] + radius, input.Dims[3] - 1); d++)
                        squares += Math.Pow(input[at[0], at[1], at[2], d], 2);
                    return input[at] / Math.Pow(bias + (alpha * squares), beta);
                }),
            ];
        },
    };
}
