using System.Buffers;
using System.Diagnostics;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using ClassifierFunctions.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Inference;

/// <summary>Classifies one image: the path that HTTP requests and uploads share.</summary>
/// <remarks>
/// 1. Get the model's session, which the first request creates.
/// 2. Wait for a turn.
/// 3. Read the image's header.
/// 4. Wait for the memory that decoding takes.
/// 5. Decode and preprocess into a pooled tensor.
/// 6. Run the model.
/// 7. Label its best scores.
/// Cancellation is checked before each step.
/// </remarks>
public sealed partial class ImageClassifier
{
    private readonly IImageDecoder _decoder;
    private readonly DecodeMemory _memory;
    private readonly InferenceGate _gate;
    private readonly InferenceOptions _options;
    private readonly ILogger<ImageClassifier> _logger;

    internal ImageClassifier(
        IImageDecoder decoder, DecodeMemory memory, InferenceGate gate, IOptions<InferenceOptions> options, ILogger<ImageClassifier> logger)
        => (_decoder, _memory, _gate, _options, _logger) = (decoder, memory, gate, options.Value, logger);

    /// <param name="model">The model to ask.</param>
    /// <param name="encoded">The image file's bytes.</param>
    /// <param name="options">Which predictions to give.</param>
    /// <param name="timings">Receives the time of each stage.</param>
    /// <param name="cancellationToken">Stops between stages, and within a run of the model.</param>
    /// <exception cref="ClassifierException">The image or the model cannot be used, or too many images are waiting.</exception>
    public async Task<(IReadOnlyList<Prediction> Predictions, ImageInfo Image)> ClassifyAsync(
        ModelVersion model, ReadOnlyMemory<byte> encoded, PredictionOptions options, StageTimings timings, CancellationToken cancellationToken)
    {
        var outcome = nameof(ClassifierError.Internal);
        try
        {
            // :: Step 1
            cancellationToken.ThrowIfCancellationRequested();
            var session = ModelSession.Loaded(model)
                ?? await ModelSession.GetAsync(model, _options.ExecutionProviders, _logger, cancellationToken).ConfigureAwait(false);
            // :: Step 2
            var queued = timings.Measure(Stage.Queue, model.Model);
            using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
            queued.Dispose();
            // :: Steps 3 to 7
            var answer = await ClassifyAsync(session, model, encoded, options, timings, cancellationToken).ConfigureAwait(false);
            outcome = "succeeded";
            return answer;
        }
        catch (ClassifierException failure)
        {
            outcome = failure.Error.ToString();
            if (failure.Error == ClassifierError.ModelUnavailable)
                Log.ModelUnavailable(_logger, failure, model.Model, model.Version);
            throw;
        }
        catch (OperationCanceledException)
        {
            outcome = "cancelled";
            throw;
        }
        finally
        {
            ClassifierTelemetry.Images.Add(1, new("model", model.Model), new("outcome", outcome));
        }
    }

    private async Task<(IReadOnlyList<Prediction> Predictions, ImageInfo Image)> ClassifyAsync(
        ModelSession session, ModelVersion model, ReadOnlyMemory<byte> encoded, PredictionOptions options, StageTimings timings, CancellationToken cancellationToken)
    {
        var tensorBytes = session.Preprocessor.TensorBytes;
        var tensor = ArrayPool<byte>.Shared.Rent(tensorBytes);
        var scores = ArrayPool<float>.Shared.Rent(model.Labels.Count);
        try
        {
            var info = await PreprocessAsync(session.Preprocessor, tensor, model, encoded, timings, cancellationToken).ConfigureAwait(false);
            // :: Step 6
            var raw = scores.AsMemory(0, model.Labels.Count);
            using (timings.Measure(Stage.Inference, model.Model))
                session.Run(tensor.AsMemory(0, tensorBytes), raw.Span, cancellationToken);
            // :: Step 7
            return (Predictions.From(raw.Span, model, options), info);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(tensor);
            ArrayPool<float>.Shared.Return(scores);
        }
    }

    // Codec and preprocessing work by turns, some rows each.
    private async Task<ImageInfo> PreprocessAsync(
        Preprocessor preprocessor, byte[] tensor, ModelVersion model, ReadOnlyMemory<byte> encoded, StageTimings timings, CancellationToken cancellationToken)
    {
        var (decoding, processing) = (new Stopwatch(), new Stopwatch());
        try
        {
            // :: Step 3
            cancellationToken.ThrowIfCancellationRequested();
            decoding.Start();
            using var image = _decoder.Open(encoded, cancellationToken);
            decoding.Stop();
            var opening = decoding.Elapsed;
            // :: Step 4; the memory is free again before the model runs
            var queued = timings.Measure(Stage.Queue, model.Model);
            using var memory = await _memory.ReserveAsync(image, cancellationToken).ConfigureAwait(false);
            queued.Dispose();
            // :: Step 5
            processing.Start();
            preprocessor.Process(image, tensor.AsSpan(0, preprocessor.TensorBytes), decoding, cancellationToken);
            timings.Record(Stage.Preprocess, model.Model, processing.Elapsed + opening - decoding.Elapsed);
            return new ImageInfo(ImageFormats.Name(image.Format), image.Width, image.Height);
        }
        finally
        {
            timings.Record(Stage.Decode, model.Model, decoding.Elapsed);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(11, LogLevel.Error, "Model {Model}, version {Version}, is unavailable")]
        public static partial void ModelUnavailable(ILogger logger, Exception failure, string model, string version);
    }
}
