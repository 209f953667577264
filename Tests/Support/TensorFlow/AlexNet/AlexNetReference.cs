using System.Numerics;
using System.Runtime.InteropServices;

namespace ClassifierFunctions.Tests.Support.TensorFlow.AlexNet;

/// <summary>AlexNet computed for one image by plain loops, with no graph. Numbers lie as [row, column, channel].</summary>
internal static class AlexNetReference
{
    /// <param name="image">227 x 227 x 3.</param>
    /// <returns>Probabilities of the classes.</returns>
    public static float[] Run(float[] image)
    {
        var (values, side) = (image, AlexNet.Side);
        foreach (var layer in AlexNet.Layers)
        {
            var weights = AlexNet.Numbers($"{layer.Name}/weights", AlexNetLayer.Count(layer.Weights), layer.Spread);
            var biases = AlexNet.Numbers($"{layer.Name}/biases", layer.Outputs, AlexNet.BiasSpread);
            // A dense layer is a convolution whose one window is all of the image.
            (values, side) = layer.IsConvolution ? Convolution(layer, values, side, weights, biases) : (Dense(values, weights, biases), 1);
            if (layer != AlexNet.Layers[^1])
                values = [.. values.Select(value => Math.Max(value, 0))];
            if (layer.Normalises)
                values = Normalised(values, layer.Outputs);
            if (layer.Pools)
                (values, side) = Pooled(values, side, layer.Outputs);
        }

        var exponentials = values.Select(value => Math.Exp(value - values.Max())).ToArray();
        return [.. exponentials.Select(exponential => (float)(exponential / exponentials.Sum()))];
    }

    // VALID: where the window is within the image. SAME, with a stride of 1: around every pixel.
    private static (float[] Values, int Side) Convolution(AlexNetLayer layer, float[] input, int side, float[] weights, float[] biases)
    {
        var (window, channels, outputs) = (layer.Weights[0], layer.Weights[2], layer.Outputs);
        var (before, outputSide) = layer.Padding == "SAME" ? (window / 2, side) : (0, ((side - window) / layer.Stride) + 1);
        var result = new float[outputSide * outputSide * outputs];
        Parallel.For(0, outputSide, row =>
        {
            for (var column = 0; column < outputSide; column++)
            {
                var sums = result.AsSpan(((row * outputSide) + column) * outputs, outputs);
                biases.CopyTo(sums);
                for (var i = 0; i < window; i++)
                {
                    for (var j = 0; j < window; j++)
                    {
                        var (y, x) = ((row * layer.Stride) + i - before, (column * layer.Stride) + j - before);
                        if (y >= 0 && y < side && x >= 0 && x < side)
                            AddProduct(sums, input.AsSpan(((y * side) + x) * channels, channels), weights.AsSpan(((i * window) + j) * channels * outputs));
                    }
                }
            }
        });
        return (result, outputSide);
    }

    private static float[] Dense(float[] input, float[] weights, float[] biases)
    {
        var sums = biases.ToArray();
        AddProduct(sums, input, weights);
        return sums;
    }

    // Of a row and a matrix.
    private static void AddProduct(Span<float> sums, ReadOnlySpan<float> row, ReadOnlySpan<float> matrix)
    {
        var targets = MemoryMarshal.Cast<float, Vector<float>>(sums);
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] == 0)
                continue;
            var factors = MemoryMarshal.Cast<float, Vector<float>>(matrix.Slice(i * sums.Length, sums.Length));
            for (var j = 0; j < targets.Length; j++)
                targets[j] += row[i] * factors[j];
        }
    }

    private static float[] Normalised(float[] values, int channels)
    {
        var result = new float[values.Length];
        for (var at = 0; at < values.Length; at++)
        {
            var channel = at % channels;
            var squares = 0.0;
            for (var other = Math.Max(channel - AlexNet.Radius, 0); other <= Math.Min(channel + AlexNet.Radius, channels - 1); other++)
                squares += Math.Pow(values[at - channel + other], 2);
            result[at] = (float)(values[at] / Math.Pow(AlexNet.Bias + (AlexNet.Alpha * squares), AlexNet.Beta));
        }

        return result;
    }

    private static (float[] Values, int Side) Pooled(float[] values, int side, int channels)
    {
        var outputSide = ((side - AlexNet.PoolSide) / AlexNet.PoolStride) + 1;
        var result = new float[outputSide * outputSide * channels];
        for (var at = 0; at < result.Length; at++)
        {
            var (row, column, channel) = (at / channels / outputSide, at / channels % outputSide, at % channels);
            result[at] = float.NegativeInfinity;
            for (var i = 0; i < AlexNet.PoolSide * AlexNet.PoolSide; i++)
            {
                var (y, x) = ((row * AlexNet.PoolStride) + (i / AlexNet.PoolSide), (column * AlexNet.PoolStride) + (i % AlexNet.PoolSide));
                result[at] = Math.Max(result[at], values[(((y * side) + x) * channels) + channel]);
            }
        }

        return (result, outputSide);
    }
}
