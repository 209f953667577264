using System.Buffers;

namespace ClassifierFunctions.Imaging;

/// <summary>
/// The weights of one resampling direction, as Pillow computes them (libImaging/Resample.c): the filter is stretched by the reduction, so that
/// every source pixel counts, and its weights are normalised and rounded to fixed point. Each pass rounds to 8 bits.
/// </summary>
internal sealed class PillowKernel : ResampleKernel
{
    /// <summary>Bits behind the point of a weight: 32, less 8 for the pixel and 2 for the overshoot of filters with negative lobes.</summary>
    public const int PrecisionBits = 32 - 8 - 2;

    /// <summary>Bits of a weight's lower half.</summary>
    public const int LowBits = 11;

    // Vector code takes up to 16 taps at once.
    private const int TapAlignment = 16;

    private readonly short[] _high;
    private readonly short[] _low;

    /// <param name="filter">The resampling filter.</param>
    /// <param name="axis">Sizes of source and target in this direction, and the wanted part.</param>
    public PillowKernel(ResampleFilter filter, ResampleAxis axis)
        : base(axis)
    {
        var scale = axis.Extent / axis.TargetSize;
        var stretch = filter == ResampleFilter.Nearest ? 1.0 : Math.Max(scale, 1.0);
        // Multiplied, not divided by: at the edge of a box, rounding decides whether a pixel counts.
        var shrink = 1.0 / stretch;
        var support = FilterShape.Support(filter) * stretch;
        Stride = ((((int)Math.Ceiling(support) * 2) + 1 + TapAlignment - 1) / TapAlignment) * TapAlignment;
        _high = ArrayPool<short>.Shared.Rent(Count * Stride);
        _low = ArrayPool<short>.Shared.Rent(Count * Stride);
        _high.AsSpan(0, Count * Stride).Clear();
        _low.AsSpan(0, Count * Stride).Clear();

        // Rounding up leaves the fraction of a pixel at the far end of the stored direction, which is the near end of a mirrored one.
        var offset = Mirrored ? axis.SourceSize - axis.Extent : 0.0;
        var exact = ArrayPool<double>.Shared.Rent(Stride);
        // For this filter Pillow adds the steps up, whose rounding decides where a centre falls between two pixels.
        var added = scale * 0.5;
        for (var i = 0; i < axis.First && filter == ResampleFilter.Nearest; i++)
            added += scale;
        for (var i = 0; i < Count; i++, added += scale)
        {
            var centre = (filter == ResampleFilter.Nearest ? added : (axis.First + i + 0.5) * scale) + offset;
            // Nearest is the pixel under the centre; the others are those within the support.
            var (from, to) = filter == ResampleFilter.Nearest ? ((int)centre, (int)centre + 1) : ((int)(centre - support + 0.5), (int)(centre + support + 0.5));
            var start = Math.Clamp(from, 0, axis.SourceSize - 1);
            var end = Math.Clamp(to, start + 1, axis.SourceSize);
            var weights = exact.AsSpan(0, end - start);
            var sum = 0.0;
            for (var k = 0; k < weights.Length; k++)
                sum += weights[k] = FilterShape.Weight(filter, (k + start - centre + 0.5) * shrink);
            Store(i, start, weights, sum);
        }

        ArrayPool<double>.Shared.Return(exact);
    }

    public override int SampleBytes => 1;

    /// <summary>Weights kept per target pixel; those beyond its own are 0.</summary>
    public int Stride { get; }

    /// <summary>Upper parts of the weights: weight = (high &lt;&lt; <see cref="LowBits"/>) + low. Both fit in 16 bits, which is what vector multiplication takes.</summary>
    public ReadOnlySpan<short> High => _high.AsSpan(0, Count * Stride);

    /// <summary>Lower parts of the weights, never negative.</summary>
    public ReadOnlySpan<short> Low => _low.AsSpan(0, Count * Stride);

    /// <summary>Fixed-point weight of source pixel Start(i) + k.</summary>
    public int Weight(int i, int k) => (_high[(i * Stride) + k] << LowBits) + _low[(i * Stride) + k];

    public override void AlongRow(ReadOnlySpan<byte> source, int origin, int channels, Span<byte> target)
        => Convolution.AlongRow(source, origin, channels, this, target);

    public override void AcrossRows(RowRing rows, int entry, Span<byte> target) => Convolution.AcrossRows(rows, this, entry, target);

    public override void Dispose()
    {
        base.Dispose();
        ArrayPool<short>.Shared.Return(_high);
        ArrayPool<short>.Shared.Return(_low);
    }

    private void Store(int target, int start, ReadOnlySpan<double> weights, double sum)
    {
        var i = Cover(target, start, weights.Length);
        for (var k = 0; k < weights.Length; k++)
        {
            var exact = (sum == 0 ? weights[k] : weights[k] / sum) * (1 << PrecisionBits);
            var rounded = (int)(exact < 0 ? exact - 0.5 : exact + 0.5);
            var at = (i * Stride) + (Mirrored ? weights.Length - 1 - k : k);
            _high[at] = (short)(rounded >> LowBits);
            _low[at] = (short)(rounded & ((1 << LowBits) - 1));
        }
    }
}
