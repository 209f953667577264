using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>
/// tf.compat.v1.image.resize. A pixel i of the result is at i * scale in the input, scale = input / result; with align_corners the corners' centres match,
/// scale = (input - 1) / (result - 1); with half_pixel_centers it is at (i + 0.5) * scale - 0.5. TensorFlow computes these in single precision.
/// </summary>
internal static class Resizes
{
    public static Dictionary<string, ReferenceKernel> Kernels { get; } = new()
    {
        ["ResizeBilinear"] = (node, inputs) => [Resize(node, inputs, (size, result, i) => Linear(node, size, result, i))],
        ["ResizeNearestNeighbor"] = (node, inputs) => [Resize(node, inputs, (size, result, i) => [(Nearest(node, size, result, i), 1)])],
    };

    /// <param name="taps">The pixels of a row, of a size, that make a pixel of the result, and their weights.</param>
    private static ReferenceTensor Resize(NodeDef node, ReferenceTensor[] inputs, Func<int, int, int, (int Pixel, double Weight)[]> taps)
    {
        var (x, sizes) = (inputs[0], inputs[1].Ints());
        return ReferenceTensor.Compute([x.Dims[0], sizes[0], sizes[1], x.Dims[3]], DataType.DtFloat, at => (
            from row in taps(x.Dims[1], sizes[0], at[1])
            from column in taps(x.Dims[2], sizes[1], at[2])
            select row.Weight * column.Weight * x[at[0], row.Pixel, column.Pixel, at[3]]).Sum());
    }

    private static (int Pixel, double Weight)[] Linear(NodeDef node, int size, int result, int i)
    {
        var position = node.Bool("half_pixel_centers") ? ((i + 0.5f) * Scale(node, size, result)) - 0.5f : i * Scale(node, size, result);
        var below = MathF.Floor(position);
        int Clamp(float pixel) => Math.Clamp((int)pixel, 0, size - 1);
        return [(Clamp(below), 1 - (position - below)), (Clamp(below + 1), position - below)];
    }

    private static int Nearest(NodeDef node, int size, int result, int i)
    {
        var scale = Scale(node, size, result);
        var position = node.Bool("half_pixel_centers") ? (i + 0.5f) * scale : i * scale;
        // Halves away from zero.
        var pixel = node.Bool("align_corners") ? MathF.Round(position, MidpointRounding.AwayFromZero) : MathF.Floor(position);
        return Math.Clamp((int)pixel, 0, size - 1);
    }

    private static float Scale(NodeDef node, int size, int result)
        => node.Bool("align_corners") && result > 1 ? (size - 1) / (float)(result - 1) : size / (float)result;
}
