namespace ClassifierFunctions.Imaging;

/// <summary>
/// The weights of one resampling direction, as Pillow computes them (libImaging/Resample.c): the filter is stretched by the reduction, so that
/// every source pixel counts, and its weights are normalised and rounded to fixed point.
/// </summary>
internal sealed class ResampleKernel
{
    /// <summary>Bits behind the point of a weight: 32, less 8 for the pixel and 2 for the overshoot of filters with negative lobes.</summary>
    public const int PrecisionBits = 32 - 8 - 2;

    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly int[] _weights;
    private readonly int _stride;

    /// <param name="filter">Any but <see cref="ResampleFilter.Nearest"/>, which has no weights.</param>
    /// <param name="sourceSize">Pixels of the source in this direction.</param>
    /// <param name="targetSize">Pixels of the whole target in this direction.</param>
    /// <param name="first">First target pixel that is wanted.</param>
    /// <param name="count">Number of target pixels that are wanted.</param>
    public ResampleKernel(ResampleFilter filter, int sourceSize, int targetSize, int first, int count)
    {
        var scale = (double)sourceSize / targetSize;
        var filterScale = Math.Max(scale, 1.0);
        var support = Support(filter) * filterScale;
        _stride = ((int)Math.Ceiling(support) * 2) + 1;
        _starts = new int[count];
        _counts = new int[count];
        _weights = new int[count * _stride];

        Span<double> exact = _stride <= 256 ? stackalloc double[_stride] : new double[_stride];
        for (var i = 0; i < count; i++)
        {
            var centre = (first + i + 0.5) * scale;
            var start = Math.Max((int)(centre - support + 0.5), 0);
            var end = Math.Min((int)(centre + support + 0.5), sourceSize);
            var sum = 0.0;
            for (var k = 0; k < end - start; k++)
                sum += exact[k] = Weight(filter, (k + start - centre + 0.5) / filterScale);
            _starts[i] = start;
            _counts[i] = end - start;
            for (var k = 0; k < end - start; k++)
            {
                var fixedPoint = (sum == 0 ? exact[k] : exact[k] / sum) * (1 << PrecisionBits);
                _weights[(i * _stride) + k] = (int)(fixedPoint < 0 ? fixedPoint - 0.5 : fixedPoint + 0.5);
            }
        }
    }

    public int Count => _starts.Length;

    /// <summary>First source pixel that target pixel <paramref name="i"/> needs.</summary>
    public int Start(int i) => _starts[i];

    /// <summary>The weights of the source pixels from <see cref="Start"/> on.</summary>
    public ReadOnlySpan<int> Weights(int i) => _weights.AsSpan(i * _stride, _counts[i]);

    /// <summary>The range of source pixels that all target pixels together need.</summary>
    public (int Start, int End) SourceRange() => (_starts[0], _starts[^1] + _counts[^1]);

    private static double Support(ResampleFilter filter) => filter switch
    {
        ResampleFilter.Box => 0.5,
        ResampleFilter.Bilinear or ResampleFilter.Hamming => 1.0,
        ResampleFilter.Bicubic => 2.0,
        ResampleFilter.Lanczos => 3.0,
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, null),
    };

    private static double Weight(ResampleFilter filter, double x)
    {
        var distance = Math.Abs(x);
        switch (filter)
        {
            case ResampleFilter.Box:
                return x is > -0.5 and <= 0.5 ? 1 : 0;
            case ResampleFilter.Bilinear:
                return distance < 1 ? 1 - distance : 0;
            case ResampleFilter.Hamming:
                return distance switch
                {
                    0 => 1,
                    >= 1 => 0,
                    _ => Sinc(distance) * (0.54 + (0.46 * Math.Cos(Math.PI * distance))),
                };
            case ResampleFilter.Bicubic:
                const double a = -0.5;
                return distance switch
                {
                    < 1 => ((((a + 2) * distance) - (a + 3)) * distance * distance) + 1,
                    < 2 => ((((distance - 5) * distance) + 8) * distance * a) - (4 * a),
                    _ => 0,
                };
            case ResampleFilter.Lanczos:
                return x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0;
            default:
                throw new ArgumentOutOfRangeException(nameof(filter), filter, null);
        }
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);
}
