using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>tf.nn.batch_normalization: gamma * (x - mean) / sqrt(variance + epsilon) + beta, per channel.</summary>
internal static class BatchNormalizations
{
    public static Dictionary<string, ReferenceKernel> Kernels { get; } = new()
    {
        ["FusedBatchNorm"] = Fused,
        ["FusedBatchNormV2"] = Fused,
        ["FusedBatchNormV3"] = Fused,
        // Its inputs are t, m, v, beta, gamma.
        ["BatchNormWithGlobalNormalization"] = (node, inputs) =>
        [
            Normalize(
                inputs[0], inputs[1], inputs[2], inputs[3], node.Bool("scale_after_normalization") ? inputs[4] : inputs[4].Map(_ => 1),
                node.Float("variance_epsilon")),
        ],
    };

    /// <summary>Inputs x, scale, offset, mean, variance; in training, mean and variance are those of the batch.</summary>
    private static ReferenceTensor[] Fused(NodeDef node, ReferenceTensor[] inputs) => node.Bool("is_training", absent: true)
        ? throw new NotSupportedException($"{node.Name} is for training.")
        :
        [
            DataFormat.FromNhwc(
                node, Normalize(DataFormat.ToNhwc(node, inputs[0]), inputs[3], inputs[4], inputs[2], inputs[1], node.Float("epsilon", 0.0001f))),
            inputs[3],
            inputs[4],
        ];

    private static ReferenceTensor Normalize(
        ReferenceTensor x, ReferenceTensor mean, ReferenceTensor variance, ReferenceTensor beta, ReferenceTensor gamma, float epsilon)
        => ReferenceTensor.Compute(x.Dims, x.Type, at => (gamma[at[3]] * (x[at] - mean[at[3]]) / Math.Sqrt(variance[at[3]] + epsilon)) + beta[at[3]]);
}
