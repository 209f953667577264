using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

internal delegate ReferenceTensor[] ReferenceKernel(NodeDef node, ReferenceTensor[] inputs);

/// <summary>The reference implementations by the names of their ops.</summary>
internal static class ReferenceKernels
{
    /// <summary>As many as a node of the tests has.</summary>
    public const int MaxOutputs = 8;

    public static IReadOnlyDictionary<string, ReferenceKernel> All { get; } = new[]
    {
        Activations.Kernels, Arithmetic.Kernels, BatchNormalizations.Kernels, Blocks.Kernels, Constants.Kernels, Convolutions.Kernels,
        Dequantization.Kernels, FakeQuantization.Kernels, Joins.Kernels,
        LocalResponseNormalization.Kernels, MatrixProducts.Kernels, Paddings.Kernels, Poolings.Kernels, Reductions.Kernels, Resizes.Kernels,
        Shapes.Kernels, Slices.Kernels,
    }.SelectMany(kernels => kernels).ToDictionary(kernel => kernel.Key, kernel => kernel.Value);

    /// <summary>An op of one input and one output, without attributes.</summary>
    public static ReferenceKernel Unary(Func<double, double> value) => (_, inputs) => [inputs[0].Map(value)];
}
