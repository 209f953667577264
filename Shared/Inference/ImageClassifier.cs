using System.Diagnostics;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using ClassifierFunctions.Telemetry;
using Microsoft.Extensions.Logging;

namespace ClassifierFunctions.Inference;

/// <summary>Classifies one image: the path that HTTP requests and uploads share.</summary>
/// <remarks>
/// 1. Get the model's session, which the first request creates.
/// 2. Wait for a processor.
/// 3. Read the image's header.
/// 4. Wait for the memory that decoding takes.
/// 5. Decode and preprocess into a pooled tensor.
/// 6. Run the model: at once, or without the processor in a batch.
/// 7. Label its best scores.
/// Cancellation is checked before each step.
/// </remarks>
public sealed partial class ImageClassifier
{
    private readonly IImageDecoder _decoder;
    private readonly DecodeMemory _memory;
    private readonly InferenceQueue _queue;
    private readonly TimeProvider _time;
    private readonly ILogger<ImageClassifier> _logger;

    internal ImageClassifier(IImageDecoder decoder, DecodeMemory memory, InferenceQueue queue, TimeProvider time, ILogger<ImageClassifier> logger)
        => (_decoder, _memory, _queue, _time, _logger) = (decoder, memory, queue, time, logger);

    /// <summary>For whoever has not fetched the image yet, and would in vain.</summary>
    /// <exception cref="ClassifierException">Too many images are waiting.</exception>
    public void ThrowIfOverloaded(ModelVersion model)
    {
        if (!_queue.IsFull(model.Model))
            return;
        using var image = ClassifierTelemetry.StartImage(model.Model, model.Version);
        image.Failed(ClassifierError.Overloaded);
        throw InferenceQueue.Overloaded();
    }

    /// <param name="lease">The model to ask.</param>
    /// <param name="encoded">The image file's bytes.</param>
    /// <param name="options">Which predictions to give.</param>
    /// <param name="timings">Receives the time of each stage.</param>
    /// <param name="cancellationToken">Stops between stages, and within a run of the model.</param>
    /// <param name="priority">Whether somebody waits for it.</param>
    /// <exception cref="ClassifierException">The image or the model cannot be used, or too many images are waiting.</exception>
    public async Task<(IReadOnlyList<Prediction> Predictions, ImageInfo Image)> ClassifyAsync(
        SessionLease lease,
        ReadOnlyMemory<byte> encoded,
        PredictionOptions options,
        StageTimings timings,
        CancellationToken cancellationToken,
        Priority priority = Priority.Interactive)
    {
        var model = lease.Model;
        using var image = ClassifierTelemetry.StartImage(model.Model, model.Version);
        try
        {
            // :: Step 1
            cancellationToken.ThrowIfCancellationRequested();
            var session = await lease.GetAsync(cancellationToken).ConfigureAwait(false);
            // :: Step 2
            var queued = timings.Measure(Stage.Queue, model.Model);
            using var turn = await _queue.EnterAsync(model.Model, priority, session.MaxImagesInFlight, cancellationToken).ConfigureAwait(false);
            queued.Dispose();
            // :: Steps 3 to 7
            var answer = await ClassifyAsync(session, model, turn, encoded, options, timings, image, cancellationToken).ConfigureAwait(false);
            image.Succeeded();
            return answer;
        }
        catch (ClassifierException failure)
        {
            image.Failed(failure.Error);
            // Not once more for each request that comes before the next try.
            if (failure is { Error: ClassifierError.ModelUnavailable, RetryAfter: null })
                Log.ModelUnavailable(_logger, failure, model.Model, model.Version);
            throw;
        }
        catch (OperationCanceledException)
        {
            image.Cancelled();
            throw;
        }
    }

    private async Task<(IReadOnlyList<Prediction> Predictions, ImageInfo Image)> ClassifyAsync(
        ModelSession session, ModelVersion model, InferenceQueue.Turn turn, ReadOnlyMemory<byte> encoded, PredictionOptions options, StageTimings timings,
        ImageMeasurement image, CancellationToken cancellationToken)
    {
        var buffer = session.Rent();
        try
        {
            using var announcement = session.Batcher?.Announce();
            var info = await PreprocessAsync(session.Preprocessor, buffer, model, encoded, timings, cancellationToken).ConfigureAwait(false);
            // :: Step 6
            if (session.Batcher is { } batcher)
                await RunInBatchAsync(batcher, buffer, announcement, model, turn, timings, image, cancellationToken).ConfigureAwait(false);
            else
                Run(session, buffer, model, timings, cancellationToken);
            // :: Step 7
            return (Predictions.From(buffer.Scores, model, options), info);
        }
        finally
        {
            session.Return(buffer);
        }
    }

    private static void Run(ModelSession session, RunBuffer buffer, ModelVersion model, StageTimings timings, CancellationToken cancellationToken)
    {
        using (timings.Measure(Stage.Inference, model.Model))
            session.Run(buffer, cancellationToken);
    }

    private async Task RunInBatchAsync(
        Batcher<RunBuffer> batcher, RunBuffer buffer, Batcher<RunBuffer>.Announcement? announcement, ModelVersion model, InferenceQueue.Turn turn,
        StageTimings timings, ImageMeasurement image, CancellationToken cancellationToken)
    {
        turn.FreeProcessor();
        var ready = _time.GetTimestamp();
        var run = await batcher.RunAsync(buffer, announcement, cancellationToken).ConfigureAwait(false);
        image.Batched(run.Size);
        timings.Record(Stage.Queue, model.Model, _time.GetElapsedTime(ready, run.Started));
        timings.Record(Stage.Inference, model.Model, _time.GetElapsedTime(run.Started, run.Ended));
    }

    // Codec and preprocessing work by turns, some rows each.
    private async Task<ImageInfo> PreprocessAsync(
        Preprocessor preprocessor, RunBuffer buffer, ModelVersion model, ReadOnlyMemory<byte> encoded, StageTimings timings, CancellationToken cancellationToken)
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
            preprocessor.Process(image, buffer.Tensor, decoding, cancellationToken);
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
