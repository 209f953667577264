using System.Globalization;
using System.Text;
using ClassifierFunctions.Models;
using ClassifierFunctions.Training.Degradations;
using ClassifierFunctions.Training.Evaluation;
using ClassifierFunctions.Training.Network;

namespace ClassifierFunctions.Training;

/// <summary>Fills <c>model-card.md</c> with what was measured, and draws its plots.</summary>
internal static class ModelCard
{
    private const string CostFile = "cost.md";

    /// <param name="folder">The model folder.</param>
    /// <param name="record">What the model was made from.</param>
    /// <param name="report">What was measured.</param>
    /// <param name="model">The folder as the app reads it.</param>
    public static void Write(string folder, TrainingRecord record, Report report, ModelVersion model)
    {
        var plots = Directory.CreateDirectory(Path.Combine(folder, "plots")).FullName;
        var counts = Measures.Confusion(report.Test);
        Plots.Confusion(counts, Path.Combine(plots, "confusion.png"));
        Plots.Reliability(Measures.Reliability(report.Test), Path.Combine(plots, "calibration.png"));
        Plots.Strength(report.Curve, Path.Combine(plots, "strength.png"));

        var (low, high) = Measures.AccuracyInterval(report.Test, record.Seed);
        var bad = report.Test.Where(answer => answer.Truth != Quality.Good).ToArray();
        var values = new Dictionary<string, string>
        {
            ["parameters"] = $"{model.Parameters:N0}",
            ["kilobytes"] = $"{model.Bytes / 1000:N0}",
            ["millions"] = $"{QualityNetwork.Multiplications / 1e6:0}",
            ["classes"] = string.Join("\n", Enum.GetValues<Quality>().Select(quality =>
                $"| `{Label(quality)}` | {Percent(Measures.Recall(report.Test, quality))} | {Share(Measures.Precision(report.Test, quality))} | {report.Test.Count(answer => answer.Truth == quality)} |")),
            ["accuracy"] = Percent(report.Accuracy),
            ["pictures"] = $"{report.Test.Count:N0}",
            ["testPhotos"] = $"{record.TestPhotos.Count}",
            ["severities"] = $"severity {bad.Min(answer => answer.Severity):0.0} to {bad.Max(answer => answer.Severity):0.0}",
            ["interval"] = $"{Percent(low)} to {Percent(high)}",
            ["calibration"] = $"{report.CalibrationError:0.000}",
            ["bins"] = $"{Measures.Bins}",
            ["referenceEdge"] = $"{SeverityScale.ReferenceEdge}",
            ["goodBelow"] = $"{SeverityScale.GoodBelow}",
            ["turn"] = $"{SeverityScale.Turn:0.##}",
            ["blur"] = $"{SeverityScale.BlurSigma}",
            ["defocus"] = $"{SeverityScale.DefocusRadius}",
            ["motion"] = $"{SeverityScale.MotionLength:0.0}",
            ["dark"] = $"{SeverityScale.DarkStops}",
            ["overexposed"] = $"{SeverityScale.OverexposedStops}",
            ["noise"] = $"{SeverityScale.NoiseSigma}",
            ["edge"] = $"{model.Preprocessing.ShortestEdge}",
            ["size"] = $"{QualityNetwork.InputSize}",
            ["about"] = record.About,
            ["allPhotos"] = $"{record.TrainingPhotos.Count + record.ValidationPhotos.Count + record.TestPhotos.Count}",
            ["scenes"] = $"{record.Scenes}",
            ["trainingPhotos"] = $"{record.TrainingPhotos.Count}",
            ["validationPhotos"] = $"{record.ValidationPhotos.Count}",
            ["samples"] = $"{record.Samples:N0}",
            ["epochs"] = $"{record.Epochs}",
            ["temperature"] = $"{record.Temperature:0.00}",
            ["calibrationBefore"] = $"{report.CalibrationErrorBefore:0.000}",
            ["parity"] = $"{record.Parity:0.0e0}",
            ["command"] = record.Command,
            ["confusion"] = Table(counts),
            ["curve"] = Curve(report.Curve),
            ["natural"] = Natural(report.Natural),
            ["cost"] = Embedded(CostFile).TrimEnd(),
        };
        File.WriteAllText(Path.Combine(folder, "README.md"), Filled(Embedded("model-card.md"), values));
    }

    private static string Filled(string template, Dictionary<string, string> values)
    {
        var card = new StringBuilder(template);
        foreach (var (name, value) in values)
            card.Replace($"{{{name}}}", value);
        return card.ToString();
    }

    private static string Table(int[,] counts)
    {
        var classes = Enum.GetValues<Quality>();
        var table = new StringBuilder($"| truth \\ answer | {string.Join(" | ", classes.Select(Label))} |\n|---|{string.Concat(classes.Select(_ => "---|"))}\n");
        foreach (var truth in classes)
            table.Append(CultureInfo.InvariantCulture, $"| {Label(truth)} | {string.Join(" | ", classes.Select(predicted => counts[(int)truth, (int)predicted]))} |\n");
        return table.ToString().TrimEnd();
    }

    // Of the severities measured, those around the limits.
    private static string Curve(IReadOnlyList<Answer> answers)
    {
        double[] severities = [0.25, 0.4, 0.5, 0.7, 1, 1.25, 1.5];
        var table = new StringBuilder($"| answered with the fault, at severity | {string.Join(" | ", severities)} |\n|---|{string.Concat(severities.Select(_ => "---|"))}\n");
        foreach (var kind in answers.GroupBy(answer => answer.Truth))
        {
            var shares = severities.Select(severity => Percent(Measures.Accuracy([.. kind.Where(answer => answer.Severity == severity)])));
            table.Append(CultureInfo.InvariantCulture, $"| {Label(kind.Key)} | {string.Join(" | ", shares)} |\n");
        }

        return table.ToString().TrimEnd();
    }

    private static string Natural(IReadOnlyList<Answer> answers)
    {
        if (answers.Count == 0)
            return "No photo that was bad when it was taken was at hand.";
        var table = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{answers.Count} photos were bad when they were taken, judged by eye, and kept out of training; {answers.Count(answer => answer.IsRight)} of them are told:\n\n| photo | judged | answer | score |\n|---|---|---|---|\n");
        foreach (var answer in answers)
            table.Append(CultureInfo.InvariantCulture, $"| {answer.Photo} | {Label(answer.Truth)} | {Label(answer.Predicted)} | {answer.Confidence:0.00} |\n");
        return table.ToString().TrimEnd();
    }

    private static string Label(Quality quality) => quality.ToString().ToLowerInvariant();

    // A class that is never answered has no precision.
    private static string Share(double share) => double.IsNaN(share) ? "–" : Percent(share);

    private static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);

    private static string Embedded(string name)
    {
        using var reader = new StreamReader(typeof(ModelCard).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
