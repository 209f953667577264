namespace ClassifierFunctions.Imaging;

/// <summary>The continuous filters behind <see cref="ResampleFilter"/>, as Pillow defines them (libImaging/Resample.c).</summary>
internal static class FilterShape
{
    /// <summary>Distance from the centre at which the filter ends, in pixels of an unreduced image.</summary>
    public static double Support(ResampleFilter filter) => filter switch
    {
        ResampleFilter.Nearest or ResampleFilter.Box => 0.5,
        ResampleFilter.Bilinear or ResampleFilter.Hamming => 1.0,
        ResampleFilter.Bicubic => 2.0,
        ResampleFilter.Lanczos => 3.0,
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, null),
    };

    /// <summary>The filter's value at a distance from its centre, not normalised.</summary>
    public static double Weight(ResampleFilter filter, double x)
    {
        const double a = -0.5;
        var distance = Math.Abs(x);
        return filter switch
        {
            ResampleFilter.Nearest => 1,
            ResampleFilter.Box => x is > -0.5 and <= 0.5 ? 1 : 0,
            ResampleFilter.Bilinear => distance < 1 ? 1 - distance : 0,
            ResampleFilter.Hamming when distance < 1 => Sinc(distance) * (0.54f + (0.46f * Math.Cos(Math.PI * distance))),
            ResampleFilter.Bicubic when distance < 1 => ((((a + 2) * distance) - (a + 3)) * distance * distance) + 1,
            ResampleFilter.Bicubic when distance < 2 => ((((distance - 5) * distance) + 8) * distance * a) - (4 * a),
            ResampleFilter.Lanczos when x is >= -3 and < 3 => Sinc(x) * Sinc(x / 3),
            _ => 0,
        };
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);
}
