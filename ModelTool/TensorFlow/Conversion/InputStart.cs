using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>What the first steps of a graph tell of the pixels that it expects: one that brings bytes to a range itself wants bytes.</summary>
/// <param name="Node">The last of these steps.</param>
/// <param name="IsBgr">Whether the mean colour that it subtracts is ImageNet's as blue, green, red; null when it tells no order.</param>
internal sealed record InputStart(string Node, bool? IsBgr)
{
    // A mean of numbers from 0 to 1 is smaller, and they are not made that small.
    private const double LeastMeanOfBytes = 2;
    private const double MostScaleOfBytes = 1.0 / 20;

    private const int MaxSteps = 16;

    // In ImageNet, mean red is about 124 and mean blue 104.
    private const double LeastDifference = 10;

    /// <summary>Call it before any step is taken into a convolution, and after constants were computed.</summary>
    /// <returns>Null when the first steps tell nothing.</returns>
    public static InputStart? Of(ComputeGraph graph)
    {
        // All steps together: scale x + offset, per channel.
        double[] scale = [1, 1, 1];
        double[] offset = [0, 0, 0];
        var value = graph.Input;
        GraphNode? last = null;
        for (var steps = 0; steps < MaxSteps && graph.Nodes.Where(node => node.Inputs.Contains(value)).Take(2).ToArray() is [var next]; steps++)
        {
            if (Affine.Of(next) is { } step)
            {
                if (PerChannel(step.Scale, 1) is not { } factor || PerChannel(step.Offset, 0) is not { } shift)
                    break;
                for (var channel = 0; channel < scale.Length; channel++)
                    (scale[channel], offset[channel]) = (scale[channel] * factor[channel], offset[channel] * factor[channel] + shift[channel]);
                last = next;
            }
            else if (next.Operator is not ("Transpose" or "Reshape" or "Resize" or "Cast" or "Identity"))
            {
                break;
            }

            value = next.Output;
        }

        double[] mean = [.. scale.Zip(offset, (factor, shift) => -shift / factor)];
        var isOfBytes = mean.All(number => number >= LeastMeanOfBytes) || scale.All(factor => factor is > 0 and <= MostScaleOfBytes);
        return last is null || !isOfBytes ? null
            : new(last.Output.Name, Math.Abs(mean[0] - mean[2]) >= LeastDifference ? mean[0] < mean[2] : null);
    }

    private static double[]? PerChannel(Tensor? tensor, double missing)
        => tensor is null ? [missing, missing, missing]
            : tensor.Floats() switch
            {
                [var all] => [all, all, all],
                [var first, var second, var third] => [first, second, third],
                _ => null,
            };
}
