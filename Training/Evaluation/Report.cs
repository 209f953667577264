using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Training.Degradations;
using ClassifierFunctions.Training.Photos;

namespace ClassifierFunctions.Training.Evaluation;

/// <summary>Everything that was measured of a finished model.</summary>
internal sealed record Report
{
    /// <summary>Pictures of the test photos: good, moderate and strong.</summary>
    public required IReadOnlyList<Answer> Test { get; init; }

    /// <summary>The same photos over all severities.</summary>
    public required IReadOnlyList<Answer> Curve { get; init; }

    /// <summary>Photos that were bad when they were taken; training did not see them.</summary>
    public required IReadOnlyList<Answer> Natural { get; init; }

    /// <summary>Calibration error on the test pictures if scores were not divided by the temperature.</summary>
    public required double CalibrationErrorBefore { get; init; }

    public double Accuracy => Measures.Accuracy(Test);

    public double CalibrationError => Measures.CalibrationError(Test);

    public double LeastRecall => Enum.GetValues<Quality>().Min(quality => Measures.Recall(Test, quality));

    /// <summary>Asks a model folder, as the app would serve it, about photos that its training did not see.</summary>
    /// <param name="classifier">The engine.</param>
    /// <param name="model">The folder, read and loaded as the app does it.</param>
    /// <param name="test">Photos of the test part.</param>
    /// <param name="natural">Photos that are bad by nature.</param>
    /// <param name="seed">Of what is done to the photos.</param>
    /// <param name="temperature">That the model's scores are divided by already.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    public static async Task<Report> MeasureAsync(
        ImageClassifier classifier, SessionLease model, IReadOnlyList<Original> test, IReadOnlyList<NaturalPhoto> natural, int seed, double temperature,
        CancellationToken cancellationToken)
    {
        var evaluator = new Evaluator(classifier, model, seed);
        var answers = await evaluator.AskAsync(test, TestRecipes.ForAccuracy, cancellationToken);
        return new Report
        {
            Test = answers,
            Curve = await evaluator.AskAsync(test, TestRecipes.ForCurve, cancellationToken),
            Natural = await evaluator.AskAsync(natural, cancellationToken),
            CalibrationErrorBefore = Measures.CalibrationError(
                [.. answers.Select(answer => answer with { Scores = Temperature.Undo(answer.Scores, temperature) })]),
        };
    }
}
