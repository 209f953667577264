using ClassifierFunctions.Models;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.Inference;

/// <summary>Turns a model's raw output into labelled scores.</summary>
internal static class Predictions
{
    /// <param name="raw">The model's output, one value per label; overwritten by scores.</param>
    /// <param name="model">Gives labels and activation.</param>
    /// <param name="options">How many, and from which score on.</param>
    /// <returns>Best first; of equal scores the lower index first.</returns>
    /// <exception cref="ClassifierException">The output has values that are not numbers.</exception>
    public static IReadOnlyList<Prediction> From(Span<float> raw, ModelVersion model, PredictionOptions options)
    {
        Activate(raw, model.Activation);
        foreach (var score in raw)
        {
            if (!float.IsFinite(score))
                throw new ClassifierException(ClassifierError.ModelUnavailable, $"Model '{model.Model}' gave scores that are not numbers.");
        }

        return Best(raw, model.Labels, options);
    }

    private static void Activate(Span<float> values, OutputActivation activation)
    {
        switch (activation)
        {
            case OutputActivation.None:
                break;
            case OutputActivation.Softmax:
                Softmax(values);
                break;
            case OutputActivation.Sigmoid:
                foreach (ref var value in values)
                    value = 1 / (1 + MathF.Exp(-value));
                break;
            case OutputActivation.Exponential:
                foreach (ref var value in values)
                    value = MathF.Exp(value);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(activation), activation, null);
        }
    }

    private static void Softmax(Span<float> values)
    {
        // The largest is taken off first, so that no exponential overflows.
        var largest = float.NegativeInfinity;
        foreach (var value in values)
            largest = Math.Max(largest, value);
        var sum = 0.0;
        foreach (ref var value in values)
        {
            value = MathF.Exp(value - largest);
            sum += value;
        }

        foreach (ref var value in values)
            value = (float)(value / sum);
    }

    private static List<Prediction> Best(ReadOnlySpan<float> scores, IReadOnlyList<string> labels, PredictionOptions options)
    {
        // Worst of the best in front: with a small Top, most scores are refused by one comparison.
        var best = new PriorityQueue<int, (float Score, int Order)>();
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] < options.Threshold)
                continue;
            if (best.Count < options.Top)
                best.Enqueue(i, (scores[i], -i));
            else
                best.EnqueueDequeue(i, (scores[i], -i));
        }

        var predictions = new List<Prediction>(best.Count);
        while (best.TryDequeue(out var index, out var rank))
            predictions.Add(new Prediction(labels[index], rank.Score, index));
        predictions.Reverse();
        return predictions;
    }
}
