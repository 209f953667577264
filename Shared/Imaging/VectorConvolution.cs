using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ClassifierFunctions.Imaging;

/// <summary>
/// <see cref="Convolution"/> with AVX2. A weight has 24 bits, and the fast multiplication (vpmaddwd) takes 16: the upper and the lower part of the
/// weights are summed apart and joined at the end. That is exact, since all of it is arithmetic modulo 2^32 and the true sum fits.
/// </summary>
internal static unsafe class VectorConvolution
{
    // Two pixels of four channels per lane, as pairs of 16-bit values: R0 R1 G0 G1 B0 B1 A0 A1.
    private static readonly Vector256<byte> PairPixels = Vector256.Create(
        (byte)0, 0x80, 4, 0x80, 1, 0x80, 5, 0x80, 2, 0x80, 6, 0x80, 3, 0x80, 7, 0x80,
        8, 0x80, 12, 0x80, 9, 0x80, 13, 0x80, 10, 0x80, 14, 0x80, 11, 0x80, 15, 0x80);

    // Two pairs of weights: the first for the lower lane, the second for the upper one.
    private static readonly Vector256<int> PairWeights = Vector256.Create(0, 0, 0, 0, 1, 1, 1, 1);

    public static void AlongRowOfFour(ReadOnlySpan<byte> source, int origin, PillowKernel kernel, Span<byte> target)
    {
        const int channels = 4, tapsAtOnce = 4;
        fixed (byte* sources = source, targets = target)
        fixed (short* highs = kernel.High, lows = kernel.Low)
        {
            for (var i = 0; i < kernel.Count; i++)
            {
                var pixels = sources + ((kernel.Start(i) - origin) * channels);
                var taps = kernel.Taps(i);
                var high = highs + (i * kernel.Stride);
                var low = lows + (i * kernel.Stride);
                Vector256<int> highSum = default, lowSum = default;
                for (var k = 0; k < taps; k += tapsAtOnce)
                {
                    var values = Avx2.Shuffle(Avx2.BroadcastVector128ToVector256(pixels + (k * channels)), PairPixels).AsInt16();
                    highSum += Avx2.MultiplyAddAdjacent(values, FourWeights(high + k));
                    lowSum += Avx2.MultiplyAddAdjacent(values, FourWeights(low + k));
                }

                var sum = Join(highSum, lowSum);
                var pixel = Finish(sum.GetLower() + sum.GetUpper());
                *(uint*)(targets + (kernel.Target(i) * channels)) = Sse2.PackUnsignedSaturate(Sse2.PackSignedSaturate(pixel, pixel), default).AsUInt32().ToScalar();
            }
        }
    }

    public static void AlongRowOfOne(ReadOnlySpan<byte> source, int origin, PillowKernel kernel, Span<byte> target)
    {
        const int tapsAtOnce = 16;
        fixed (byte* sources = source, targets = target)
        fixed (short* highs = kernel.High, lows = kernel.Low)
        {
            for (var i = 0; i < kernel.Count; i++)
            {
                var pixels = sources + (kernel.Start(i) - origin);
                var taps = kernel.Taps(i);
                var high = highs + (i * kernel.Stride);
                var low = lows + (i * kernel.Stride);
                Vector256<int> highSum = default, lowSum = default;
                for (var k = 0; k < taps; k += tapsAtOnce)
                {
                    var values = Avx2.ConvertToVector256Int16(pixels + k);
                    highSum += Avx2.MultiplyAddAdjacent(values, Vector256.Load(high + k));
                    lowSum += Avx2.MultiplyAddAdjacent(values, Vector256.Load(low + k));
                }

                var value = (Vector256.Sum(Join(highSum, lowSum)) + Convolution.Half) >> PillowKernel.PrecisionBits;
                targets[kernel.Target(i)] = (byte)Math.Clamp(value, 0, 255);
            }
        }
    }

    public static void AcrossRows(RowRing rows, PillowKernel kernel, int entry, Span<byte> target)
    {
        const int bytesAtOnce = 16;
        var (start, taps) = (kernel.Start(entry), kernel.Taps(entry));
        fixed (byte* memory = rows.Memory, targets = target)
        fixed (short* highs = kernel.High, lows = kernel.Low)
        {
            var high = highs + (entry * kernel.Stride);
            var low = lows + (entry * kernel.Stride);
            for (var x = 0; x < rows.RowBytes; x += bytesAtOnce)
            {
                Vector256<int> leftHigh = default, leftLow = default, rightHigh = default, rightLow = default;
                // The weight behind an odd last row is 0: any row may stand beside it.
                for (var k = 0; k < taps; k += 2)
                {
                    var first = Vector128.Load(memory + rows.Offset(start + k) + x);
                    var second = Vector128.Load(memory + rows.Offset(start + Math.Min(k + 1, taps - 1)) + x);
                    var (left, right) = (Avx2.ConvertToVector256Int16(Sse2.UnpackLow(first, second)), Avx2.ConvertToVector256Int16(Sse2.UnpackHigh(first, second)));
                    var (highPair, lowPair) = (Vector256.Create(*(int*)(high + k)).AsInt16(), Vector256.Create(*(int*)(low + k)).AsInt16());
                    leftHigh += Avx2.MultiplyAddAdjacent(left, highPair);
                    leftLow += Avx2.MultiplyAddAdjacent(left, lowPair);
                    rightHigh += Avx2.MultiplyAddAdjacent(right, highPair);
                    rightLow += Avx2.MultiplyAddAdjacent(right, lowPair);
                }

                var (leftSum, rightSum) = (Finish(Join(leftHigh, leftLow)), Finish(Join(rightHigh, rightLow)));
                // Packing works within lanes; the permutation puts the four quarters in order.
                var words = Avx2.Permute4x64(Avx2.PackSignedSaturate(leftSum, rightSum).AsInt64(), 0b11_01_10_00).AsInt16();
                Sse2.PackUnsignedSaturate(words.GetLower(), words.GetUpper()).Store(targets + x);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> FourWeights(short* weights)
        => Avx2.PermuteVar8x32(Vector128.CreateScalarUnsafe(*(long*)weights).ToVector256Unsafe().AsInt32(), PairWeights).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Join(Vector256<int> high, Vector256<int> low) => (high << PillowKernel.LowBits) + low;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Finish(Vector128<int> sum) => (sum + Vector128.Create(Convolution.Half)) >> PillowKernel.PrecisionBits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Finish(Vector256<int> sum) => (sum + Vector256.Create(Convolution.Half)) >> PillowKernel.PrecisionBits;
}
