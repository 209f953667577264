using ClassifierFunctions.Training.Degradations;

namespace ClassifierFunctions.Training.Evaluation;

/// <summary>What the model says of one picture.</summary>
/// <param name="Photo">Name of the original.</param>
/// <param name="Truth">What was done to it, or what people say of it.</param>
/// <param name="Severity">How strongly, in units of <see cref="SeverityScale"/>.</param>
/// <param name="Scores">Probability of each <see cref="Quality"/>.</param>
internal sealed record Answer(string Photo, Quality Truth, double Severity, IReadOnlyList<float> Scores)
{
    public Quality Predicted => (Quality)Enumerable.Range(0, Scores.Count).MaxBy(i => Scores[i]);

    /// <summary>Probability of the predicted class.</summary>
    public double Confidence => Scores.Max();

    public bool IsRight => Predicted == Truth;
}
