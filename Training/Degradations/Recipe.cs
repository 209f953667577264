namespace ClassifierFunctions.Training.Degradations;

/// <summary>What is done to an original, in the order in which it happens to light on its way to a file.</summary>
internal sealed record Recipe
{
    /// <summary>The degradation that the answer is about; <see cref="Quality.Good"/> when none is meant to be seen.</summary>
    public Quality Quality { get; init; }

    public BlurKind BlurKind { get; init; }

    /// <summary>In units of <see cref="SeverityScale"/>; 0 for none.</summary>
    public double Blur { get; init; }

    /// <summary>The blur is over the codes of the file, as software blurs, not over light, as lenses do: highlights spread less.</summary>
    public bool BlursCodes { get; init; }

    /// <summary>Direction of a motion, radians.</summary>
    public double Angle { get; init; }

    /// <summary>In units of <see cref="SeverityScale"/>; 0 for none.</summary>
    public double Darkening { get; init; }

    /// <summary>In units of <see cref="SeverityScale"/>; 0 for none.</summary>
    public double Overexposure { get; init; }

    public NoiseKind NoiseKind { get; init; }

    /// <summary>In units of <see cref="SeverityScale"/>; 0 for none.</summary>
    public double Noise { get; init; }

    /// <summary>JPEG compressions, first to last; none gives a PNG.</summary>
    public IReadOnlyList<Compression> Compressions { get; init; } = [];

    /// <summary>Seed of the noise.</summary>
    public int Seed { get; init; }

    /// <summary>Severity of the degradation that the answer is about.</summary>
    public double Severity => Quality switch
    {
        Quality.Blurred => Blur,
        Quality.Dark => Darkening,
        Quality.Overexposed => Overexposure,
        Quality.Noisy => Noise,
        _ => 0,
    };

    /// <summary>The expected answer: a share for each <see cref="Quality"/>, summing to 1.</summary>
    public float[] Target
    {
        get
        {
            var target = new float[Enum.GetValues<Quality>().Length];
            var badness = (float)SeverityScale.Badness(Severity);
            target[(int)Quality] = badness;
            target[(int)Quality.Good] += 1 - badness;
            return target;
        }
    }

    /// <summary>Makes the degraded file.</summary>
    /// <param name="original">A sharp and well exposed picture of any size; severities are scaled to it.</param>
    /// <remarks>
    /// 1. Lens and shutter: blur, in linear light; or software: over codes.
    /// 2. Exposure, in linear light, clipped at the sensor's limit.
    /// 3. The sensor's noise, in light or after encoding, by its kind.
    /// 4. Rounding to 8 bits and JPEG compression, once or more.
    /// </remarks>
    public byte[] Apply(RgbImage original) => ImageFile.Encode(Degrade(original), Compressions);

    /// <summary>The same before compression.</summary>
    public RgbImage Degrade(RgbImage original)
    {
        var random = new Random(Seed);
        var scale = (double)original.ShortestEdge / SeverityScale.ReferenceEdge;
        var spread = Blur > 0 ? Spread(Blur * scale) : null;
        var light = new LinearImage(BlursCodes && spread is not null ? spread.Apply(original) : original);
        if (!BlursCodes && spread is not null)
            light.Blur(spread);
        if (Darkening > 0 || Overexposure > 0)
            light.Expose((Darkening * SeverityScale.DarkStops) + (Overexposure * SeverityScale.OverexposedStops));

        // Averaging n pixels into one divides the deviation by sqrt(n), so that as much more belongs into a larger picture; a grain that grows along
        // averages little.
        var noise = Noise * SeverityScale.NoiseSigma * (NoiseKind == NoiseKind.Coarse ? 1 : scale);
        if (noise > 0 && NoiseKind == NoiseKind.Shot)
            SensorNoise.AddShot(light, noise, random);
        var codes = light.ToCodes();
        if (noise > 0 && NoiseKind != NoiseKind.Shot)
            SensorNoise.Add(codes, original.Width, NoiseKind, noise, SensorNoise.Grain * scale, random);

        var degraded = new RgbImage(original.Width, original.Height);
        for (var i = 0; i < codes.Length; i++)
            degraded.Pixels[i] = (byte)Math.Clamp(codes[i] + 0.5f, 0, 255);
        return degraded;
    }

    private PointSpread Spread(double severity) => BlurKind switch
    {
        BlurKind.Defocus => PointSpread.Defocus(severity * SeverityScale.DefocusRadius),
        BlurKind.Motion => PointSpread.Motion(severity * SeverityScale.MotionLength, Angle),
        _ => PointSpread.Gaussian(severity * SeverityScale.BlurSigma),
    };
}
