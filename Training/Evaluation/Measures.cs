using ClassifierFunctions.Training.Degradations;

namespace ClassifierFunctions.Training.Evaluation;

/// <summary>Figures of a set of answers.</summary>
internal static class Measures
{
    public const int Bins = 15;

    private const int Resamples = 2000;

    public static double Accuracy(IReadOnlyCollection<Answer> answers) => answers.Average(answer => answer.IsRight ? 1.0 : 0);

    /// <summary>Share of a class's pictures that were told.</summary>
    public static double Recall(IEnumerable<Answer> answers, Quality quality) => Accuracy([.. answers.Where(answer => answer.Truth == quality)]);

    /// <summary>Share of a class's answers that were right; not a number when there are none.</summary>
    public static double Precision(IEnumerable<Answer> answers, Quality quality)
    {
        var given = answers.Where(answer => answer.Predicted == quality).ToArray();
        return given.Length == 0 ? double.NaN : Accuracy(given);
    }

    /// <returns>Counts: truth, then prediction.</returns>
    public static int[,] Confusion(IEnumerable<Answer> answers)
    {
        var classes = Enum.GetValues<Quality>().Length;
        var counts = new int[classes, classes];
        foreach (var answer in answers)
            counts[(int)answer.Truth, (int)answer.Predicted]++;
        return counts;
    }

    /// <summary>Confidence against accuracy, in bins of equal width; empty ones are left out.</summary>
    public static IReadOnlyList<(double Confidence, double Accuracy, int Count)> Reliability(IEnumerable<Answer> answers)
        => [.. answers
            .GroupBy(answer => Math.Min(Bins - 1, (int)(answer.Confidence * Bins)))
            .OrderBy(bin => bin.Key)
            .Select(bin => (bin.Average(answer => answer.Confidence), Accuracy([.. bin]), bin.Count()))];

    /// <summary>Expected calibration error: the mean distance of confidence and accuracy over the bins (Naeini, Cooper, Hauskrecht, AAAI 2015).</summary>
    public static double CalibrationError(IReadOnlyCollection<Answer> answers)
        => Reliability(answers).Sum(bin => bin.Count * Math.Abs(bin.Confidence - bin.Accuracy)) / answers.Count;

    /// <summary>
    /// The 95 % interval of the accuracy, by drawing photos, not pictures, again and again: copies of one photo are right or wrong together.
    /// </summary>
    public static (double Low, double High) AccuracyInterval(IEnumerable<Answer> answers, int seed)
    {
        var photos = answers.GroupBy(answer => answer.Photo).Select(photo => (Right: photo.Count(answer => answer.IsRight), All: photo.Count())).ToArray();
        var random = new Random(seed);
        var accuracies = new double[Resamples];
        foreach (ref var accuracy in accuracies.AsSpan())
        {
            var (right, all) = (0, 0);
            for (var i = 0; i < photos.Length; i++)
            {
                var drawn = photos[random.Next(photos.Length)];
                (right, all) = (right + drawn.Right, all + drawn.All);
            }

            accuracy = (double)right / all;
        }

        Array.Sort(accuracies);
        return (accuracies[(int)(Resamples * 0.025)], accuracies[(int)(Resamples * 0.975)]);
    }
}
