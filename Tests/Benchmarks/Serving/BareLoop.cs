using System.Diagnostics;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ClassifierFunctions.Benchmarks.Serving;

/// <summary>
/// What a program would do that needs no server: decode, preprocess, run, label, on a thread per processor, with the app's own decoder and session
/// settings, without HTTP, queue or batches. The app cannot be faster than this by serving better.
/// </summary>
internal sealed class BareLoop : IDisposable
{
    private readonly ModelVersion _model;
    private readonly Preprocessor _preprocessor;
    private readonly InferenceSession _session;

    /// <param name="folder">Of a model with float16 input and output, such as SqueezeNet of the test data.</param>
    public BareLoop(string folder)
    {
        _model = ModelFolder.Read("bare", "1", folder);
        _preprocessor = new Preprocessor(_model.Preprocessing, _model.Input.Layout, _model.Input.Element, _model.Input.Channels);
        using var options = OnnxEnvironment.CreateSessionOptions();
        _session = new InferenceSession(_model.OnnxPath, options);
    }

    /// <summary>Classifies photos in turn until the time is up.</summary>
    /// <returns>Images per second.</returns>
    public double Run(IReadOnlyList<byte[]> photos, TimeSpan duration)
    {
        var (claimed, started) = (-1, Stopwatch.GetTimestamp());
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Work)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return (claimed + 1) / Stopwatch.GetElapsedTime(started).TotalSeconds;

        void Work()
        {
            var (tensor, scores) = (new byte[_preprocessor.TensorBytes], new float[_model.Labels.Count]);
            while (Stopwatch.GetElapsedTime(started) < duration)
                Classify(photos[Interlocked.Increment(ref claimed) % photos.Count], tensor, scores);
        }
    }

    public void Dispose() => _session.Dispose();

    private unsafe void Classify(byte[] photo, byte[] tensor, float[] scores)
    {
        using (var image = Contenders.Decoder.Open(photo, CancellationToken.None))
            _preprocessor.Process(image, tensor, new Stopwatch(), CancellationToken.None);
        fixed (byte* data = tensor)
        {
            var shape = _model.Input.Shape(_preprocessor.Width, _preprocessor.Height);
            using var input = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, TensorElementType.Float16, shape, (nint)data, tensor.Length);
            using var options = new RunOptions();
            using var outputs = _session.Run(options, [_model.Input.Name], [input], [_model.Output]);
            var halves = outputs[0].GetTensorDataAsSpan<Float16>();
            for (var i = 0; i < scores.Length; i++)
                scores[i] = (float)halves[i];
        }

        Predictions.From(scores, _model, new PredictionOptions());
    }
}
