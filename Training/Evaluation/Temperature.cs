namespace ClassifierFunctions.Training.Evaluation;

/// <summary>Temperature scaling (Guo and others, On Calibration of Modern Neural Networks, 2017): one number that all scores are divided by.</summary>
internal static class Temperature
{
    private const double Lowest = 0.25;
    private const double Highest = 4;
    private const int Steps = 60;

    /// <summary>The temperature with the least cross-entropy, by golden-section search: it has one minimum.</summary>
    /// <param name="scores">Logits of each picture.</param>
    /// <param name="targets">Expected shares of each picture.</param>
    public static double Fit(IReadOnlyList<float[]> scores, IReadOnlyList<float[]> targets)
    {
        var golden = (Math.Sqrt(5) - 1) / 2;
        var (low, high) = (Math.Log(Lowest), Math.Log(Highest));
        for (var i = 0; i < Steps; i++)
        {
            var (a, b) = (high - (golden * (high - low)), low + (golden * (high - low)));
            if (CrossEntropy(scores, targets, Math.Exp(a)) < CrossEntropy(scores, targets, Math.Exp(b)))
                high = b;
            else
                low = a;
        }

        return Math.Exp((low + high) / 2);
    }

    /// <returns>Mean over the pictures, nats.</returns>
    public static double CrossEntropy(IReadOnlyList<float[]> scores, IReadOnlyList<float[]> targets, double temperature)
    {
        var sum = 0.0;
        for (var i = 0; i < scores.Count; i++)
        {
            var largest = scores[i].Max() / temperature;
            var logSum = largest + Math.Log(scores[i].Sum(score => Math.Exp((score / temperature) - largest)));
            for (var k = 0; k < scores[i].Length; k++)
                sum += targets[i][k] * (logSum - (scores[i][k] / temperature));
        }

        return sum / scores.Count;
    }

    /// <summary>The probabilities that there would be without a temperature.</summary>
    public static float[] Undo(IReadOnlyList<float> probabilities, double temperature)
    {
        var powers = probabilities.Select(probability => Math.Pow(probability, temperature)).ToArray();
        return [.. powers.Select(power => (float)(power / powers.Sum()))];
    }
}
