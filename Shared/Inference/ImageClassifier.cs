using System.Buffers;
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
/// 3. Decode.
/// 4. Preprocess into a pooled tensor.
/// 5. Run the model.
/// 6. Label its best scores.
/// Cancellation is checked before each step.
/// </remarks>
public sealed partial class ImageClassifier
{
    private readonly IImageDecoder _decoder;
    private readonly InferenceGate _gate;
    private readonly InferenceOptions _options;
    private readonly ILogger<ImageClassifier> _logger;

    internal ImageClassifier(IImageDecoder decoder, InferenceGate gate, IOptions<InferenceOptions> options, ILogger<ImageClassifier> logger)
        => (_decoder, _gate, _options, _logger) = (decoder, gate, options.Value, logger);

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
            // :: Steps 3 to 6
            var answer = Classify(session, model, encoded, options, timings, cancellationToken);
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

    private (IReadOnlyList<Prediction> Predictions, ImageInfo Image) Classify(
        ModelSession session, ModelVersion model, ReadOnlyMemory<byte> encoded, PredictionOptions options, StageTimings timings, CancellationToken cancellationToken)
    {
        var preprocessor = session.Preprocessor;
        var tensor = ArrayPool<byte>.Shared.Rent(preprocessor.TensorBytes);
        var scores = ArrayPool<float>.Shared.Rent(model.Labels.Count);
        try
        {
            ImageInfo info;
            // :: Steps 3 and 4; the pixels go back to their pool before the model runs
            using (var image = Decode(encoded, model, timings, cancellationToken))
            {
                info = new ImageInfo(ImageFormats.Name(image.Format), image.Width, image.Height);
                using var preprocessing = timings.Measure(Stage.Preprocess, model.Model);
                preprocessor.Process(image, tensor.AsSpan(0, preprocessor.TensorBytes), cancellationToken);
            }

            // :: Step 5
            var raw = scores.AsSpan(0, model.Labels.Count);
            using (timings.Measure(Stage.Inference, model.Model))
                session.Run(tensor.AsMemory(0, preprocessor.TensorBytes), raw, cancellationToken);
            // :: Step 6
            return (Predictions.From(raw, model, options), info);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(tensor);
            ArrayPool<float>.Shared.Return(scores);
        }
    }

    private DecodedImage Decode(ReadOnlyMemory<byte> encoded, ModelVersion model, StageTimings timings, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var decoding = timings.Measure(Stage.Decode, model.Model);
        return _decoder.Decode(encoded, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(11, LogLevel.Error, "Model {Model}, version {Version}, is unavailable")]
        public static partial void ModelUnavailable(ILogger logger, Exception failure, string model, string version);
    }
}
