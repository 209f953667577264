using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace ClassifierFunctions.Training.Network;

/// <summary>Compares what ONNX Runtime makes of the exported file with what the network gave in training.</summary>
internal static class ParityCheck
{
    public const double Tolerance = 1e-4;

    // Not 1, so that the dynamic axis is used.
    private const int BatchSize = 16;

    /// <param name="network">In evaluation mode.</param>
    /// <param name="temperature">That its scores were divided by.</param>
    /// <param name="model">The exported model.</param>
    /// <param name="pool">Pictures to compare with.</param>
    /// <returns>The largest difference of a score, with the session options that the app uses.</returns>
    public static double LargestDifference(QualityNetwork network, double temperature, ModelVersion model, SamplePool pool)
    {
        using var session = SessionFactory.Create(model, ExecutionProvider.Cpu, null).Session;
        using var options = new RunOptions();
        var expected = network.Scores(pool);
        var largest = 0.0;
        for (var start = 0; start < pool.Count; start += BatchSize)
        {
            using var scope = NewDisposeScope();
            var (input, _) = pool.Batch([.. Enumerable.Range(start, Math.Min(BatchSize, pool.Count - start))]);
            using var value = OrtValue.CreateTensorValueFromMemory(input.contiguous().data<float>().ToArray(), input.shape);
            using var results = session.Run(options, [OnnxExport.Input], [value], [OnnxExport.Output]);
            var scores = results[0].GetTensorDataAsSpan<float>().ToArray().Chunk(expected[start].Length).ToArray();
            if (scores.Length != input.shape[0])
                throw new InvalidOperationException($"ONNX Runtime gave scores for {scores.Length} of {input.shape[0]} pictures.");
            for (var i = 0; i < scores.Length; i++)
            {
                // Math.Max, unlike Enumerable.Max, keeps what is not a number.
                foreach (var (given, trained) in scores[i].Zip(expected[start + i]))
                    largest = Math.Max(largest, Math.Abs(given - (trained / temperature)));
            }
        }

        return largest;
    }
}
