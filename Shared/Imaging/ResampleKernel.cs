using System.Buffers;

namespace ClassifierFunctions.Imaging;

/// <summary>
/// One direction of a resize: which source pixels each target pixel is made of, and the pass that makes it. Buffers are pooled: dispose it.
/// </summary>
internal abstract class ResampleKernel : IDisposable
{
    private readonly int[] _starts;
    private readonly int[] _taps;
    private readonly int _sourceSize;

    private protected ResampleKernel(ResampleAxis axis)
    {
        (Count, Mirrored, _sourceSize) = (axis.Count, axis.Mirrored, axis.SourceSize);
        _starts = ArrayPool<int>.Shared.Rent(Count);
        _taps = ArrayPool<int>.Shared.Rent(Count);
    }

    /// <summary>Target pixels.</summary>
    public int Count { get; }

    /// <summary>
    /// The source runs against the target. Entries are then stored from the last target pixel to the first, so that in either case they follow
    /// the source; <see cref="Target"/> says where each belongs.
    /// </summary>
    public bool Mirrored { get; }

    /// <summary>Most source pixels that a target pixel needs.</summary>
    public int MaxTaps { get; private set; }

    /// <summary>The range of source pixels that all target pixels together need.</summary>
    public (int Start, int End) SourceRange => (_starts[0], End(Count - 1));

    /// <summary>Bytes of each sample that this direction's pass gives.</summary>
    public abstract int SampleBytes { get; }

    /// <summary>The kernel of a direction.</summary>
    /// <param name="config">Says the filter.</param>
    /// <param name="axis">Sizes of source and target in this direction, and the wanted part.</param>
    /// <param name="isHeight">The direction is the upright picture's height; its pass is the second one.</param>
    public static ResampleKernel Create(PreprocessorConfig config, ResampleAxis axis, bool isHeight)
        => config is { Antialias: false, Resample: ResampleFilter.Bilinear } ? new LinearKernel(axis, isHeight) : new PillowKernel(config.Resample, axis);

    /// <summary>Resizes a row.</summary>
    /// <param name="source">The row; in front of <see cref="PixelBuffer.Slack"/> readable bytes.</param>
    /// <param name="origin">The kernel's coordinate of the row's first pixel.</param>
    /// <param name="channels">Samples per pixel: 1 or 4.</param>
    /// <param name="target">The kernel's count of pixels; in front of <see cref="PixelBuffer.Slack"/> writable bytes.</param>
    public abstract void AlongRow(ReadOnlySpan<byte> source, int origin, int channels, Span<byte> target);

    /// <summary>Joins rows to one row of the target.</summary>
    /// <param name="rows">The rows that entry <paramref name="entry"/> needs are its rows modulo <see cref="RowRing.Capacity"/>.</param>
    /// <param name="entry">Which of the kernel's entries.</param>
    /// <param name="target">As many samples as a row; in front of <see cref="PixelBuffer.Slack"/> writable bytes.</param>
    public abstract void AcrossRows(RowRing rows, int entry, Span<byte> target);

    /// <summary>The target pixel that entry <paramref name="i"/> gives.</summary>
    public int Target(int i) => Mirrored ? Count - 1 - i : i;

    /// <summary>First source pixel of entry <paramref name="i"/>.</summary>
    public int Start(int i) => _starts[i];

    /// <summary>Number of source pixels of entry <paramref name="i"/>.</summary>
    public int Taps(int i) => _taps[i];

    /// <summary>The source pixel behind the last one of entry <paramref name="i"/>.</summary>
    public int End(int i) => _starts[i] + _taps[i];

    public virtual void Dispose()
    {
        ArrayPool<int>.Shared.Return(_starts);
        ArrayPool<int>.Shared.Return(_taps);
    }

    /// <summary>Notes the source pixels of a target pixel, counted in the target's direction.</summary>
    /// <returns>The entry, whose weights run in the source's direction.</returns>
    private protected int Cover(int target, int start, int taps)
    {
        var i = Target(target);
        _starts[i] = Mirrored ? _sourceSize - start - taps : start;
        _taps[i] = taps;
        MaxTaps = Math.Max(MaxTaps, taps);
        return i;
    }
}
