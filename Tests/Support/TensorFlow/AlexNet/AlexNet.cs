namespace ClassifierFunctions.Tests.Support.TensorFlow.AlexNet;

/// <summary>
/// The network that this project's ancestor served: that of Krizhevsky, Sutskever and Hinton (ImageNet Classification with Deep Convolutional Neural Networks, 2012) in one
/// piece instead of two, with seeded weights.
/// </summary>
internal static class AlexNet
{
    public const int Side = 227;

    public const int Channels = 3;

    /// <summary>How many neighbours on either side a local response normalisation takes, and its numbers.</summary>
    public const int Radius = 2;

    public const float Bias = 2, Alpha = 1e-4f, Beta = 0.75f;

    public const int PoolSide = 3, PoolStride = 2;

    private const int BlockNumbers = 1 << 14;

    public const float BiasSpread = 0.1f;

    /// <summary>Spreads as He and others have them, which keep numbers as large as the image's; the last one makes probabilities that differ.</summary>
    public static IReadOnlyList<AlexNetLayer> Layers { get; } =
    [
        new("conv1", [11, 11, Channels, 96], HeSpread(11 * 11 * Channels), Stride: 4, Padding: "VALID", Normalises: true, Pools: true),
        new("conv2", [5, 5, 96, 256], HeSpread(5 * 5 * 96), Normalises: true, Pools: true),
        new("conv3", [3, 3, 256, 384], HeSpread(3 * 3 * 256)),
        new("conv4", [3, 3, 384, 384], HeSpread(3 * 3 * 384)),
        new("conv5", [3, 3, 384, 256], HeSpread(3 * 3 * 384), Pools: true),
        new("fc6", [6 * 6 * 256, 4096], HeSpread(6 * 6 * 256), DropsOut: true),
        new("fc7", [4096, 4096], HeSpread(4096), DropsOut: true),
        new("fc8", [4096, 1000], HeSpread(4096) / 10),
    ];

    /// <summary>Names and shapes of the variables, in the order of the layers.</summary>
    public static IEnumerable<(string Name, int[] Dims, float Spread)> Variables => Layers.SelectMany(layer => new[]
    {
        ($"{layer.Name}/weights", layer.Weights, layer.Spread),
        ($"{layer.Name}/biases", [layer.Outputs], BiasSpread),
    });

    /// <summary>The numbers of a variable or of an optimiser's slot, in blocks that are overwritten by the next.</summary>
    public static IEnumerable<ReadOnlyMemory<float>> Blocks(string name, long count, float spread)
    {
        var block = new float[BlockNumbers];
        // Of the name, by FNV-1a.
        var state = name.Aggregate(14695981039346656037, (hash, letter) => (hash ^ letter) * 1099511628211);
        for (; count > 0; count -= block.Length)
        {
            var numbers = block.AsMemory(0, (int)Math.Min(count, block.Length));
            state = Fill(numbers.Span, state, spread);
            yield return numbers;
        }
    }

    /// <summary>All of <see cref="Blocks"/>.</summary>
    public static float[] Numbers(string name, long count, float spread)
    {
        var numbers = new float[count];
        var at = 0;
        foreach (var block in Blocks(name, count, spread))
        {
            block.CopyTo(numbers.AsMemory(at));
            at += block.Length;
        }

        return numbers;
    }

    /// <summary>Random pixels, less their mean.</summary>
    public static float[] Image() => Numbers("image", Side * Side * Channels, 128);

    private static float HeSpread(int inputs) => MathF.Sqrt(6f / inputs);

    // Knuth's linear congruential generator (MMIX), of which the upper half is random enough.
    private static ulong Fill(Span<float> numbers, ulong state, float spread)
    {
        var unit = spread / (1L << 31);
        foreach (ref var number in numbers)
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
            number = (int)(state >> 32) * unit;
        }

        return state;
    }
}
