using System.Buffers;

namespace ClassifierFunctions.Imaging;

/// <summary>
/// The weights of one direction of OpenCV's <c>resize</c> with <c>INTER_LINEAR</c> for 8-bit pixels (modules/imgproc/src/resize.cpp): two neighbouring pixels
/// for each of the target, however strong the reduction, weighted in 11 bits. <see cref="LinearInterpolation"/> has the passes.
/// </summary>
internal sealed class LinearKernel : ResampleKernel
{
    /// <summary>Bits behind the point of a weight.</summary>
    public const int PrecisionBits = 11;

    private readonly bool _isHeight;
    private readonly int[] _weights;

    /// <param name="axis">Sizes of source and target in this direction, and the wanted part.</param>
    /// <param name="isHeight">The direction is the upright picture's height.</param>
    public LinearKernel(ResampleAxis axis, bool isHeight)
        : base(axis)
    {
        _isHeight = isHeight;
        _weights = ArrayPool<int>.Shared.Rent(Count * 2);
        var last = axis.SourceSize - 1;
        // As OpenCV has it, reciprocals and single precision included: they decide how weights are rounded.
        var scale = 1.0 / (axis.TargetSize / axis.Extent);
        for (var target = 0; target < Count; target++)
        {
            var centre = (float)(((axis.First + target + 0.5) * scale) - 0.5);
            var near = (int)MathF.Floor(centre);
            var fraction = centre - near;
            // Beyond an edge, OpenCV moves columns onto the outermost one, but for rows takes the outermost twice, by the weights that they have.
            if (!isHeight && (near < 0 || near >= last))
                fraction = 0;
            var (start, end) = (Math.Clamp(near, 0, last), Math.Clamp(near + 1, 0, last));
            var i = Cover(target, start, end - start + 1);
            var (nearWeight, farWeight) = (Round(1 - fraction), Round(fraction));
            (_weights[i * 2], _weights[(i * 2) + 1]) = Mirrored ? (farWeight, nearWeight) : (nearWeight, farWeight);
        }
    }

    /// <summary>The first pass keeps more than 8 bits for the second.</summary>
    public override int SampleBytes => _isHeight ? sizeof(byte) : sizeof(ushort);

    /// <summary>Weights of the first and of the last source pixel of entry <paramref name="i"/>, which may be the same pixel.</summary>
    public (int First, int Last) Weights(int i) => (_weights[i * 2], _weights[(i * 2) + 1]);

    public override void AlongRow(ReadOnlySpan<byte> source, int origin, int channels, Span<byte> target)
    {
        if (_isHeight)
            LinearInterpolation.AlongRowSecond(source, origin, channels, this, target);
        else
            LinearInterpolation.AlongRowFirst(source, origin, channels, this, target);
    }

    public override void AcrossRows(RowRing rows, int entry, Span<byte> target)
    {
        if (_isHeight)
            LinearInterpolation.AcrossRowsSecond(rows, this, entry, target);
        else
            LinearInterpolation.AcrossRowsFirst(rows, this, entry, target);
    }

    public override void Dispose()
    {
        base.Dispose();
        ArrayPool<int>.Shared.Return(_weights);
    }

    // To even at halves.
    private static int Round(float weight) => (int)MathF.Round(weight * (1 << PrecisionBits));
}
