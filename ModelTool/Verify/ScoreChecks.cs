using ClassifierFunctions.Imaging;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using Microsoft.ML.OnnxRuntime;

namespace ClassifierFunctions.ModelTool.Verify;

/// <summary>Looks at what a model makes of pictures.</summary>
internal static class ScoreChecks
{
    // Sums of a thousand rounded scores.
    private const double SumTolerance = 1e-3;

    // Kernels for several images add in another order.
    private const double Tolerance = 1e-3;
    private const double HalfTolerance = 0.02;

    public static IEnumerable<Check> Run(ModelVersion model, TrialRun run, IReadOnlyList<byte[]> pictures, CancellationToken cancellationToken)
    {
        var alone = new List<float[]>();
        foreach (var picture in pictures)
        {
            cancellationToken.ThrowIfCancellationRequested();
            alone.Add(run.Run(picture)[0]);
        }

        yield return Check.Ok("output", $"{model.Output}: {model.Labels.Count} scores, one per label");
        if (alone.Any(raw => raw.Any(value => !float.IsFinite(value))))
        {
            yield return Check.Failed("finite", "some scores are not numbers (NaN or infinite): look at the weights, and at the range of values that the model wants");
            yield break;
        }

        yield return Check.Ok("finite", "all scores are numbers");
        yield return Range(model, alone);
        yield return Deterministic(model, run.Run(pictures[0])[0], alone[0]);
        yield return Sensitive(alone);
        cancellationToken.ThrowIfCancellationRequested();
        yield return Batch(model, run, pictures, alone);
    }

    private static Check Range(ModelVersion model, IReadOnlyList<float[]> alone)
    {
        const string Name = "range";
        if (model.Activation == OutputActivation.Softmax && model.Labels.Count == 1)
            return Check.Failed(Name, "a softmax of one score is always 1; end the graph in a sigmoid, or set problem_type to multi_label_classification");
        if (model.Activation == OutputActivation.Softmax && alone.All(IsDistribution))
            return Check.Failed(Name, "the output is probabilities already, but the graph does not end in a softmax that the app knows, so it would apply another");
        var scores = alone.Select(raw => Scores(raw, model)).ToArray();
        var wrong = scores.SelectMany(image => image).Where(score => score is < -(float)SumTolerance or > 1 + (float)SumTolerance).ToArray();
        if (wrong.Length > 0)
            return Check.Failed(Name, $"{wrong[0]} is no score from 0 to 1: the graph ends in what the app takes for scores");
        var sums = scores.Select(image => image.Sum(score => (double)score)).ToArray();
        if (sums.All(sum => Math.Abs(sum - 1) <= SumTolerance))
            return Check.Ok(Name, $"scores are from 0 to 1 and sum to 1{(model.Activation == OutputActivation.None ? "" : $" after {model.Activation}")}");
        return model.Activation is OutputActivation.None or OutputActivation.Sigmoid
            ? Check.Ok(Name, "scores are from 0 to 1, each for itself")
            : Check.Failed(Name, $"scores sum to {sums.MaxBy(sum => Math.Abs(sum - 1)):0.0000}, not to 1");
    }

    private static bool IsDistribution(float[] values)
        => values.All(value => value is >= 0 and <= 1) && Math.Abs(values.Sum(value => (double)value) - 1) <= SumTolerance;

    private static float[] Scores(float[] raw, ModelVersion model)
        => [.. Predictions.From([.. raw], model, new PredictionOptions(model.Labels.Count, float.NegativeInfinity))
            .OrderBy(prediction => prediction.Index)
            .Select(prediction => prediction.Score)];

    private static Check Deterministic(ModelVersion model, float[] again, float[] before)
        => Difference(again, before) <= Allowed(model)
            ? Check.Ok("deterministic", "the same picture gets the same scores again")
            : Check.Failed(
                "deterministic",
                $"the same picture gets scores that differ by {Difference(again, before):g3}: something random, such as a dropout, is left in the graph");

    private static Check Sensitive(IReadOnlyList<float[]> alone)
        => alone.Skip(1).Any(raw => Difference(raw, alone[0]) > 0)
            ? Check.Ok("input", "different pictures get different scores")
            : Check.Warning("input", "three different pictures get exactly the same scores: look at the weights and the range of values");

    private static Check Batch(ModelVersion model, TrialRun run, IReadOnlyList<byte[]> pictures, IReadOnlyList<float[]> alone)
    {
        const string Name = "batch";
        if (!model.Input.DynamicBatch)
            return Check.Ok(Name, "the graph takes one picture at a time");
        try
        {
            var difference = run.Run(pictures).Zip(alone, Difference).Max();
            return difference <= Allowed(model)
                ? Check.Ok(Name, $"{pictures.Count} pictures at once get the scores that each gets alone (within {difference:g3})")
                : Check.Failed(
                    Name,
                    $"{pictures.Count} pictures at once get scores that differ by {difference:g3} from those that each gets alone; export the model with a batch of 1");
        }
        catch (Exception failure) when (failure is ClassifierException or OnnxRuntimeException)
        {
            return Check.Failed(Name, $"the graph says that it takes any number of pictures, but fails with {pictures.Count}: {failure.Message.ReplaceLineEndings(" ")}");
        }
    }

    // Relative to large values, absolute to small ones.
    private static double Difference(float[] one, float[] other) => one.Zip(other, (a, b) => Math.Abs((double)a - b) / (1 + Math.Abs((double)b))).Max();

    // Inputs may be float32 all the same; the size of the file tells.
    private static double Allowed(ModelVersion model)
        => model.Input.Element == TensorElement.Float16 || model.Bytes < model.Parameters * 3 ? HalfTolerance : Tolerance;
}
