using System.Runtime.Intrinsics.X86;

namespace ClassifierFunctions.Imaging;

/// <summary>
/// The two passes of a separable resize over 8-bit pixels of one channel, or of four. Each rounds to 8 bits, as Pillow's do. This is the plain
/// version: what runs where there is no AVX2, and what <see cref="VectorConvolution"/> must equal in every byte.
/// </summary>
internal static class Convolution
{
    /// <summary>Half of a fixed-point unit, for rounding.</summary>
    public const int Half = 1 << (PillowKernel.PrecisionBits - 1);

    /// <inheritdoc cref="ResampleKernel.AlongRow"/>
    public static void AlongRow(ReadOnlySpan<byte> source, int origin, int channels, PillowKernel kernel, Span<byte> target)
    {
        if (Avx2.IsSupported && channels == 4)
            VectorConvolution.AlongRowOfFour(source, origin, kernel, target);
        else if (Avx2.IsSupported)
            VectorConvolution.AlongRowOfOne(source, origin, kernel, target);
        else
            AlongRowScalar(source, origin, channels, kernel, target);
    }

    /// <inheritdoc cref="ResampleKernel.AcrossRows"/>
    public static void AcrossRows(RowRing rows, PillowKernel kernel, int entry, Span<byte> target)
    {
        if (Avx2.IsSupported)
            VectorConvolution.AcrossRows(rows, kernel, entry, target);
        else
            AcrossRowsScalar(rows, kernel, entry, target);
    }

    internal static void AlongRowScalar(ReadOnlySpan<byte> source, int origin, int channels, PillowKernel kernel, Span<byte> target)
    {
        for (var i = 0; i < kernel.Count; i++)
        {
            var pixels = source[((kernel.Start(i) - origin) * channels)..];
            for (var c = 0; c < channels; c++)
            {
                var sum = Half;
                for (int k = 0, s = c; k < kernel.Taps(i); k++, s += channels)
                    sum += pixels[s] * kernel.Weight(i, k);
                target[(kernel.Target(i) * channels) + c] = Clamp(sum);
            }
        }
    }

    internal static void AcrossRowsScalar(RowRing rows, PillowKernel kernel, int entry, Span<byte> target)
    {
        for (var x = 0; x < rows.RowBytes; x++)
        {
            var sum = Half;
            for (var k = 0; k < kernel.Taps(entry); k++)
                sum += rows.Row(kernel.Start(entry) + k)[x] * kernel.Weight(entry, k);
            target[x] = Clamp(sum);
        }
    }

    private static byte Clamp(int sum) => (byte)Math.Clamp(sum >> PillowKernel.PrecisionBits, 0, 255);
}
