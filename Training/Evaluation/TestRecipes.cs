using ClassifierFunctions.Training.Degradations;

namespace ClassifierFunctions.Training.Evaluation;

/// <summary>What is done to photos that the model never saw.</summary>
internal static class TestRecipes
{
    /// <summary>Severities of the curve of accuracy against strength.</summary>
    public static readonly IReadOnlyList<double> CurveSeverities = [0.1, 0.25, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.25, 1.5, 1.75, 2, 2.5, 3];

    private static readonly Quality[] Bad = [Quality.Blurred, Quality.Dark, Quality.Overexposed, Quality.Noisy];

    // From moderate on, where a little stronger: as far as each kind goes.
    private static readonly (double From, double To)[] Strengths = [(1, 1.3), (1.3, 1.6), (1.6, 2)];

    /// <summary>For one photo: as it is, with each degradation below the limit of good, and with each at three moderate to strong severities.</summary>
    public static IEnumerable<Recipe> ForAccuracy(Random random)
    {
        yield return Of(Quality.Good, Quality.Good, 0, random);
        foreach (var kind in Bad)
            yield return Of(Quality.Good, kind, random.NextDouble() * SeverityScale.GoodBelow, random);
        foreach (var kind in Bad)
        {
            foreach (var (from, to) in Strengths)
                yield return Of(kind, kind, from + (random.NextDouble() * (to - from)), random);
        }
    }

    /// <summary>For one photo: each degradation at each severity that its kind goes to.</summary>
    public static IEnumerable<Recipe> ForCurve(Random random)
        => Bad.SelectMany(kind => CurveSeverities.Where(severity => severity <= SeverityScale.Strongest(kind)).Select(severity => Of(kind, kind, severity, random)));

    private static Recipe Of(Quality truth, Quality kind, double severity, Random random) => new()
    {
        Quality = truth,
        Blur = kind == Quality.Blurred ? severity : 0,
        BlurKind = (BlurKind)random.Next(3),
        BlursCodes = random.NextDouble() < RecipeSampler.SoftwareBlurShare,
        Angle = random.NextDouble() * Math.PI,
        Darkening = kind == Quality.Dark ? severity : 0,
        Overexposure = kind == Quality.Overexposed ? severity : 0,
        Noise = kind == Quality.Noisy ? severity : 0,
        NoiseKind = (NoiseKind)random.Next(4),
        Compressions = [new Compression(random.Next(70, 96), HalvesColour: true)],
        Seed = random.Next(),
    };
}
