using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>tf.linalg.matmul: products of the matrices in the last two axes; the axes before them are broadcast.</summary>
internal static class MatrixProducts
{
    public static Dictionary<string, ReferenceKernel> Kernels { get; } = new()
    {
        ["MatMul"] = (node, inputs) => [Multiply(inputs[0], inputs[1], node.Bool("transpose_a"), node.Bool("transpose_b"))],
        ["BatchMatMul"] = Batch,
        ["BatchMatMulV2"] = Batch,
        ["BatchMatMulV3"] = Batch,
    };

    private static ReferenceTensor[] Batch(NodeDef node, ReferenceTensor[] inputs)
        => [Multiply(inputs[0], inputs[1], node.Bool("adj_x"), node.Bool("adj_y"))];

    private static ReferenceTensor Multiply(ReferenceTensor a, ReferenceTensor b, bool transposeA, bool transposeB)
    {
        (a, b) = (transposeA ? Swapped(a) : a, transposeB ? Swapped(b) : b);
        var batch = Arithmetic.BroadcastDims([a.Reshape(a.Dims[..^2]), b.Reshape(b.Dims[..^2])]);
        return ReferenceTensor.Compute([.. batch, a.Dims[^2], b.Dims[^1]], a.Type, at =>
        {
            var sum = 0.0;
            for (var k = 0; k < a.Dims[^1]; k++)
                sum += a[Index(a, at, at[^2], k)] * b[Index(b, at, k, at[^1])];
            return sum;
        });
    }

    private static int[] Index(ReferenceTensor matrices, int[] at, int row, int column)
    {
        var batch = at[..^2][^(matrices.Rank - 2)..];
        return [.. batch.Select((value, axis) => matrices.Dims[axis] == 1 ? 0 : value), row, column];
    }

    private static ReferenceTensor Swapped(ReferenceTensor x) => x.Transpose([.. Enumerable.Range(0, x.Rank - 2), x.Rank - 1, x.Rank - 2]);
}
