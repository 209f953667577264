namespace ClassifierFunctions.Training.Degradations;

/// <summary>Draws recipes for training: every class about as often, every strength, and company of weaker faults as real photos have it.</summary>
internal static class RecipeSampler
{
    // Good ones come in more varieties than any bad class.
    private const double GoodShare = 0.32;

    // Of the bad ones: those between good and moderate, whose answer is a mixture.
    private const double UndecidedShare = 0.15;
    private const double CompanyShare = 0.25;

    /// <summary>Of blurred pictures: those that software blurred.</summary>
    public const double SoftwareBlurShare = 0.3;

    // Weaker faults beside the one that the answer is about stay clearly good.
    private const double MostCompany = 0.4;

    public static Recipe Next(Random random)
    {
        var quality = random.NextDouble() < GoodShare ? Quality.Good : (Quality)random.Next(1, Enum.GetValues<Quality>().Length);
        // Half of the good ones are untouched but for company and compression; the others come close to the limit.
        var near = quality == Quality.Good && random.NextDouble() < 0.5 ? (Quality)random.Next(1, Enum.GetValues<Quality>().Length) : quality;
        var severity = quality == Quality.Good ? random.NextDouble() * SeverityScale.GoodBelow : BadSeverity(quality, random);
        double Of(Quality kind) => kind == near ? severity : random.NextDouble() < CompanyShare ? random.NextDouble() * MostCompany : 0;
        var exposed = random.Next(2) == 0 ? Quality.Dark : Quality.Overexposed;
        // Motion leaves one direction sharp, and is the hardest to tell: half of the blurs.
        return new Recipe
        {
            Quality = quality,
            BlurKind = random.Next(2) == 0 ? BlurKind.Motion : (BlurKind)random.Next(2),
            Blur = Of(Quality.Blurred),
            BlursCodes = random.NextDouble() < SoftwareBlurShare,
            Angle = random.NextDouble() * Math.PI,
            Darkening = near == Quality.Dark || (exposed == Quality.Dark && near != Quality.Overexposed) ? Of(Quality.Dark) : 0,
            Overexposure = near == Quality.Overexposed || (exposed == Quality.Overexposed && near != Quality.Dark) ? Of(Quality.Overexposed) : 0,
            NoiseKind = (NoiseKind)random.Next(4),
            Noise = Of(Quality.Noisy),
            Compressions = Compressions(random),
            Seed = random.Next(),
        };
    }

    private static double BadSeverity(Quality quality, Random random)
    {
        if (random.NextDouble() < UndecidedShare)
            return SeverityScale.GoodBelow + (random.NextDouble() * (1 - SeverityScale.GoodBelow));
        // Moderate ones are the hard ones: more of them.
        return 1 + (Math.Pow(random.NextDouble(), 1.7) * (SeverityScale.Strongest(quality) - 1));
    }

    private static Compression[] Compressions(Random random) => random.NextDouble() switch
    {
        < 0.08 => [],
        < 0.7 => [OneCompression(random)],
        _ => [OneCompression(random), OneCompression(random)],
    };

    private static Compression OneCompression(Random random)
        => new(random.NextDouble() < 0.1 ? random.Next(30, 50) : random.Next(50, 97), random.Next(4) != 0);
}
