using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>Ops that make tensors: tf.constant, tf.fill, tf.range, tf.zeros_like, tf.ones_like.</summary>
internal static class Constants
{
    public static Dictionary<string, ReferenceKernel> Kernels { get; } = new()
    {
        ["Const"] = (node, _) => [ReferenceTensor.Parse(node.Attr["value"].Tensor)],
        ["Fill"] = (_, inputs) => [ReferenceTensor.Compute(inputs[0].Ints(), inputs[1].Type, _ => inputs[1].Values.Single())],
        ["Range"] = (_, inputs) => [Range(inputs)],
        ["ZerosLike"] = ReferenceKernels.Unary(_ => 0),
        ["OnesLike"] = ReferenceKernels.Unary(_ => 1),
    };

    /// <summary>From start to limit, which it does not reach, in steps of delta.</summary>
    private static ReferenceTensor Range(ReferenceTensor[] inputs)
    {
        var (start, limit, delta) = (inputs[0].Values[0], inputs[1].Values[0], inputs[2].Values[0]);
        return ReferenceTensor.Compute([(int)Math.Ceiling((limit - start) / delta)], inputs[0].Type, at => start + (at[0] * delta));
    }
}
