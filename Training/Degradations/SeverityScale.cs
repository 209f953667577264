namespace ClassifierFunctions.Training.Degradations;

/// <summary>
/// How strong a degradation is, in one unit for all kinds: 1 is where it becomes moderate. Below <see cref="GoodBelow"/> a photo still counts as good,
/// from 1 on as bad; in between the expected answer moves from one to the other. Lengths are pixels of a photo whose shortest edge has
/// <see cref="ReferenceEdge"/>, as seen at thumbnail scale.
/// </summary>
internal static class SeverityScale
{
    public const int ReferenceEdge = 320;

    /// <summary>Standard deviation of a Gaussian blur of severity 1, pixels.</summary>
    public const double BlurSigma = 2.5;

    /// <summary>Radius of a defocus disk of severity 1, pixels: a uniform disk of radius r has a standard deviation of r / 2 along each axis.</summary>
    public const double DefocusRadius = 2 * BlurSigma;

    /// <summary>
    /// Length of a straight motion of severity 1, pixels: a line of length l has a standard deviation of l / sqrt(12), here that of the Gaussian, along
    /// it, and leaves the other direction sharp.
    /// </summary>
    public const double MotionLength = 3.4641 * BlurSigma;

    /// <summary>Underexposure of severity 1: a sixth of the light.</summary>
    public const double DarkStops = -2.5;

    /// <summary>Overexposure of severity 1: four times the light.</summary>
    public const double OverexposedStops = 2;

    /// <summary>Standard deviation of noise of severity 1, steps of 255.</summary>
    public const double NoiseSigma = 30;

    public const double GoodBelow = 0.5;

    // The answer is meant to be settled a little off both limits, so that what lies at them is told with confidence.
    private const double SurelyGoodBelow = 0.6;
    private const double SurelyBadFrom = 0.9;

    /// <summary>Where good and bad are expected alike.</summary>
    public const double Turn = (SurelyGoodBelow + SurelyBadFrom) / 2;

    /// <summary>The share of "bad" in the expected answer: 0 up to a little above <see cref="GoodBelow"/>, 1 from a little below 1, straight in between.</summary>
    public static double Badness(double severity) => Math.Clamp((severity - SurelyGoodBelow) / (SurelyBadFrom - SurelyGoodBelow), 0, 1);

    /// <summary>The strongest that is generated: Gaussian sigma 7.5, -5 stops, +4 stops, noise sigma 75.</summary>
    public static double Strongest(Quality quality) => quality switch
    {
        Quality.Blurred => 3,
        Quality.Dark or Quality.Overexposed => 2,
        Quality.Noisy => 2.5,
        _ => 0,
    };
}
