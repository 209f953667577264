using ClassifierFunctions.Training.Photos;
using TorchSharp;
using static TorchSharp.torch;

namespace ClassifierFunctions.Training.Network;

/// <summary>Samples in memory, as bytes, given to the network in batches.</summary>
internal sealed class SamplePool(IReadOnlyList<Sample> samples)
{
    /// <summary>Subtracted from and then divided into channels that are scaled to 0 to 1: what <c>preprocessor_config.json</c> says, too.</summary>
    public const double MeanAndStd = 0.5;

    // Kept: a batch is megabytes, and the collector would let hundreds of them lie.
    private byte[] _pixels = [];

    public int Count => samples.Count;

    /// <summary>Expected shares of each sample.</summary>
    public IReadOnlyList<float[]> Targets => [.. samples.Select(sample => sample.Target)];

    /// <summary>Some samples as tensors.</summary>
    /// <param name="indices">Which.</param>
    /// <param name="mirrored">Left and right change places.</param>
    /// <param name="transposed">Rows and columns change places: a photo on its side is as good, and a motion to the side as bad as one upwards.</param>
    /// <returns>Images x 3 x 224 x 224, normalised; and images x classes, shares.</returns>
    /// <remarks>Not for several threads: the bytes of a batch lie where those of the last one lay.</remarks>
    public (Tensor Input, Tensor Target) Batch(ReadOnlySpan<int> indices, bool mirrored = false, bool transposed = false)
    {
        var (size, classes) = (samples[0].Pixels.Length, samples[0].Target.Length);
        if (_pixels.Length != indices.Length * size)
            _pixels = new byte[indices.Length * size];
        var targets = new float[indices.Length * classes];
        for (var i = 0; i < indices.Length; i++)
        {
            samples[indices[i]].Pixels.CopyTo(_pixels, i * size);
            samples[indices[i]].Target.CopyTo(targets, i * classes);
        }

        using var bytes = frombuffer(_pixels, ScalarType.Byte);
        using var images = bytes.view(indices.Length, 3, QualityNetwork.InputSize, QualityNetwork.InputSize);
        using var mirror = mirrored ? images.flip(3) : images.alias();
        using var turned = transposed ? mirror.transpose(2, 3).contiguous() : mirror.alias();
        // ((x / 255) - m) / m, in place: a batch is large.
        var input = turned.to(ScalarType.Float32).mul_(1 / (255 * MeanAndStd)).sub_(1);
        return (input, tensor(targets, [indices.Length, classes]));
    }
}
