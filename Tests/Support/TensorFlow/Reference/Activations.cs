namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>The activations of tf.nn.</summary>
internal static class Activations
{
    public static Dictionary<string, ReferenceKernel> Kernels { get; } = new()
    {
        ["Relu"] = ReferenceKernels.Unary(x => Math.Max(x, 0)),
        ["Relu6"] = ReferenceKernels.Unary(x => Math.Min(Math.Max(x, 0), 6)),
        ["Elu"] = ReferenceKernels.Unary(x => x < 0 ? Math.Exp(x) - 1 : x),
        // The constants of Klambauer et al., Self-Normalizing Neural Networks.
        ["Selu"] = ReferenceKernels.Unary(x => 1.0507009873554804934193349852946 * (x < 0 ? 1.6732632423543772848170429916717 * (Math.Exp(x) - 1) : x)),
        ["LeakyRelu"] = (node, inputs) => [inputs[0].Map(x => x < 0 ? x * node.Float("alpha", 0.2f) : x)],
        ["Sigmoid"] = ReferenceKernels.Unary(x => 1 / (1 + Math.Exp(-x))),
        ["Tanh"] = ReferenceKernels.Unary(Math.Tanh),
        ["Softplus"] = ReferenceKernels.Unary(x => Math.Log(Math.Exp(x) + 1)),
        ["Softsign"] = ReferenceKernels.Unary(x => x / (Math.Abs(x) + 1)),
        ["Softmax"] = (_, inputs) => [Softmax(inputs[0])],
        ["LogSoftmax"] = (_, inputs) => [Softmax(inputs[0]).Map(Math.Log)],
    };

    /// <summary>exp(x) / sum(exp(x)) over the last axis.</summary>
    private static ReferenceTensor Softmax(ReferenceTensor x)
    {
        var classes = x.Dims[^1];
        return ReferenceTensor.Compute([x.Values.Length / classes, classes], x.Type, at =>
        {
            var row = x.Values.AsSpan(at[0] * classes, classes);
            var sum = 0.0;
            foreach (var value in row)
                sum += Math.Exp(value);
            return Math.Exp(row[at[1]]) / sum;
        }).Reshape(x.Dims);
    }
}
