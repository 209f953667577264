namespace ClassifierFunctions.Training.Degradations;

/// <summary>Noise of a sensor, before the picture is compressed.</summary>
internal static class SensorNoise
{
    // Mid-grey, and the slope of sRGB there: codes (of 1) per linear light.
    private const double MidGrey = 0.18;
    private const double MidGreySlope = 1.055 / 2.4 * 2.7187;

    // Share of the variance that does not come from photons, as light: what the electronics add.
    private const double ReadNoise = 0.02;

    /// <summary>Standard deviation of the Gaussian that joins neighbours in coarse noise, pixels.</summary>
    public const double Grain = 0.7;

    /// <summary>Adds shot noise.</summary>
    /// <param name="image">Changed in place.</param>
    /// <param name="sigma">Standard deviation at mid-grey, in steps of 255 of the encoded picture.</param>
    /// <param name="random">Source of the noise.</param>
    /// <remarks>Variance a (L + b) for light L, the usual Poisson-Gaussian model (Foi and others, IEEE Trans. Image Processing 17, 2008).</remarks>
    public static void AddShot(LinearImage image, double sigma, Random random)
    {
        var perLight = sigma / 255 / MidGreySlope / Math.Sqrt(MidGrey + ReadNoise);
        foreach (var plane in image.Planes)
        {
            var noise = Gaussian(plane.Length, random);
            for (var i = 0; i < plane.Length; i++)
                plane[i] += (float)(perLight * Math.Sqrt(plane[i] + ReadNoise)) * noise[i];
        }
    }

    /// <summary>Adds noise of one strength to an encoded picture.</summary>
    /// <param name="codes">Rows x columns x RGB, changed in place.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="kind">Any but <see cref="NoiseKind.Shot"/>.</param>
    /// <param name="sigma">Standard deviation, steps of 255.</param>
    /// <param name="grain">Of coarse noise, pixels: <see cref="Grain"/>, more in a larger picture.</param>
    /// <param name="random">Source of the noise.</param>
    public static void Add(float[] codes, int width, NoiseKind kind, double sigma, double grain, Random random)
    {
        var pixels = codes.Length / 3;
        for (var channel = 0; channel < 3; channel++)
        {
            var noise = Gaussian(pixels, random);
            if (kind == NoiseKind.Coarse)
                noise = Joined(noise, width, grain);
            for (var i = 0; i < pixels; i++)
            {
                if (kind != NoiseKind.Grey)
                    codes[(i * 3) + channel] += (float)sigma * noise[i];
                else
                    for (var c = 0; c < 3; c++)
                        codes[(i * 3) + c] += (float)sigma * noise[i];
            }

            if (kind == NoiseKind.Grey)
                return;
        }
    }

    private static float[] Joined(float[] noise, int width, double grain)
    {
        var joined = PointSpread.Gaussian(grain).Apply(noise, width, noise.Length / width);
        var deviation = MathF.Sqrt(joined.Sum(value => value * value) / joined.Length);
        for (var i = 0; i < joined.Length; i++)
            joined[i] /= deviation;
        return joined;
    }

    // Box and Muller's transform: two uniform numbers make two normal ones.
    private static float[] Gaussian(int count, Random random)
    {
        var values = new float[count];
        for (var i = 0; i < count; i += 2)
        {
            var radius = MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle()));
            var (sin, cos) = MathF.SinCos(MathF.Tau * random.NextSingle());
            values[i] = radius * cos;
            if (i + 1 < count)
                values[i + 1] = radius * sin;
        }

        return values;
    }
}
