using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ClassifierFunctions.Imaging;

/// <summary>
/// The two passes of OpenCV's <c>INTER_LINEAR</c> over 8-bit samples, for pixels of one channel or of four. The first, over the picture's width, keeps
/// 15 of its sum's 19 bits; the second, over its height, drops 16 bits of each product, adds both, and rounds the last 2 bits away.
/// </summary>
internal static unsafe class LinearInterpolation
{
    // 4 + 16 + 2 = 22, the bits of two weights.
    private const int FirstShift = 4;
    private const int SecondShift = 16;
    private const int LastBits = (2 * LinearKernel.PrecisionBits) - FirstShift - SecondShift;
    private const int Half = 1 << (LastBits - 1);

    // A pixel of four channels is a vector of 32-bit samples; of whole rows, two such at a time, and the slack behind them takes what is beyond their end.
    private const int SamplesAtOnce = 8;

    public static void AlongRowFirst(ReadOnlySpan<byte> source, int origin, int channels, LinearKernel kernel, Span<byte> target)
    {
        fixed (byte* bytes = source, targets = target)
        {
            var words = (ushort*)targets;
            for (var i = 0; i < kernel.Count; i++)
            {
                byte* first = bytes + ((kernel.Start(i) - origin) * channels), last = bytes + ((kernel.End(i) - 1 - origin) * channels);
                var (firstWeight, lastWeight) = kernel.Weights(i);
                if (channels == 1)
                    words[kernel.Target(i)] = (ushort)(((*first * firstWeight) + (*last * lastWeight)) >> FirstShift);
                else
                    Store(((Four(first) * firstWeight) + (Four(last) * lastWeight)) >> FirstShift, words + (kernel.Target(i) * channels));
            }
        }
    }

    public static void AlongRowSecond(ReadOnlySpan<byte> source, int origin, int channels, LinearKernel kernel, Span<byte> target)
    {
        fixed (byte* sources = source, targets = target)
        {
            var words = (ushort*)sources;
            for (var i = 0; i < kernel.Count; i++)
            {
                ushort* first = words + ((kernel.Start(i) - origin) * channels), last = words + ((kernel.End(i) - 1 - origin) * channels);
                var (firstWeight, lastWeight) = kernel.Weights(i);
                if (channels == 1)
                    targets[kernel.Target(i)] = (byte)((((*first * firstWeight) >> SecondShift) + ((*last * lastWeight) >> SecondShift) + Half) >> LastBits);
                else
                    Store(Join((Four(first) * firstWeight) >> SecondShift, (Four(last) * lastWeight) >> SecondShift), targets + (kernel.Target(i) * channels));
            }
        }
    }

    public static void AcrossRowsFirst(RowRing rows, LinearKernel kernel, int entry, Span<byte> target)
    {
        fixed (byte* memory = rows.Memory, targets = target)
        {
            byte* first = memory + rows.Offset(kernel.Start(entry)), last = memory + rows.Offset(kernel.End(entry) - 1);
            var (firstWeight, lastWeight) = kernel.Weights(entry);
            for (var x = 0; x < rows.RowBytes; x += SamplesAtOnce)
                Store(((Eight(first + x) * firstWeight) + (Eight(last + x) * lastWeight)) >> FirstShift, (ushort*)targets + x);
        }
    }

    public static void AcrossRowsSecond(RowRing rows, LinearKernel kernel, int entry, Span<byte> target)
    {
        fixed (byte* memory = rows.Memory, targets = target)
        {
            ushort* first = (ushort*)(memory + rows.Offset(kernel.Start(entry))), last = (ushort*)(memory + rows.Offset(kernel.End(entry) - 1));
            var (firstWeight, lastWeight) = kernel.Weights(entry);
            for (var x = 0; x < rows.RowBytes / sizeof(ushort); x += SamplesAtOnce)
                Store(Join((Eight(first + x) * firstWeight) >> SecondShift, (Eight(last + x) * lastWeight) >> SecondShift), targets + x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Join(Vector128<int> first, Vector128<int> last) => (first + last + Vector128.Create(Half)) >> LastBits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Join(Vector256<int> first, Vector256<int> last) => (first + last + Vector256.Create(Half)) >> LastBits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Four(byte* samples)
        => Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(uint*)samples).AsByte())).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Four(ushort* samples) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)samples).AsUInt16()).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Eight(byte* samples) => Vector256.Create(Four(samples), Four(samples + 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Eight(ushort* samples) => Vector256.Create(Four(samples), Four(samples + 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<int> samples, ushort* target) => *(ulong*)target = Vector128.Narrow(samples, samples).AsUInt64().ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<int> samples, byte* target)
    {
        var words = Vector128.Narrow(samples, samples);
        *(uint*)target = Vector128.Narrow(words, words).AsUInt32().ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> samples, ushort* target) => Vector128.Narrow(samples.GetLower(), samples.GetUpper()).AsUInt16().Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> samples, byte* target)
    {
        var words = Vector128.Narrow(samples.GetLower(), samples.GetUpper());
        *(ulong*)target = Vector128.Narrow(words, words).AsUInt64().ToScalar();
    }
}
