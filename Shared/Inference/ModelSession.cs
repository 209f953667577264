using System.Collections.Concurrent;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using ClassifierFunctions.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ClassifierFunctions.Inference;

/// <summary>
/// The process-wide session of one model version: created by the first request, shared by all, kept for good. Its weights are read and put on
/// the device once. <see cref="Run"/> is thread-safe and takes no lock.
/// </summary>
public sealed partial class ModelSession
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<ModelSession>>> Sessions = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string> Failures = new(StringComparer.Ordinal);

    private readonly ModelVersion _model;
    private readonly InferenceSession _session;
    private readonly TensorElementType _element;
    private readonly long[] _shape;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;

    private ModelSession(ModelVersion model, InferenceSession session, ExecutionProvider provider)
    {
        _model = model;
        _session = session;
        Provider = provider;
        Preprocessor = new Preprocessor(model.Preprocessing, model.Input.Layout, model.Input.Element, model.Input.Channels);
        _shape = model.Input.Shape(Preprocessor.Width, Preprocessor.Height);
        _inputNames = [model.Input.Name];
        _outputNames = [model.Output];
        _element = model.Input.Element switch
        {
            TensorElement.Float32 => TensorElementType.Float,
            TensorElement.Float16 => TensorElementType.Float16,
            _ => TensorElementType.UInt8,
        };
    }

    public ExecutionProvider Provider { get; }

    internal Preprocessor Preprocessor { get; }

    /// <summary>The session of a model if it exists already; never creates one.</summary>
    public static ModelSession? Loaded(ModelVersion model)
        => Sessions.TryGetValue(model.OnnxPath, out var session) && session is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }
            ? session.Value.Result
            : null;

    /// <summary>Why the last try to create a model's session failed; null when it succeeded or there was none.</summary>
    public static string? Failure(ModelVersion model) => Failures.GetValueOrDefault(model.OnnxPath);

    /// <summary>The session of a model, created once however many ask at the same time. A failure is not kept: the next caller tries again.</summary>
    /// <exception cref="ClassifierException">The model cannot be loaded.</exception>
    /// <exception cref="OperationCanceledException">This caller gave up; the creation goes on for the others.</exception>
    internal static Task<ModelSession> GetAsync(ModelVersion model, string executionProviders, ILogger logger, CancellationToken cancellationToken)
        => Sessions.GetOrAdd(
            model.OnnxPath,
            static (_, request) => new Lazy<Task<ModelSession>>(() => Task.Run(() => CreateOrForget(request.model, request.executionProviders, request.logger))),
            (model, executionProviders, logger)).Value.WaitAsync(cancellationToken);

    /// <summary>Runs the model on one image.</summary>
    /// <param name="tensor">The preprocessed image: as long as <see cref="Imaging.Preprocessor.TensorBytes"/> says.</param>
    /// <param name="scores">Receives the raw output, one value per label.</param>
    /// <param name="cancellationToken">Stops the run between two of its operators.</param>
    /// <exception cref="ClassifierException">The model failed, or gave another number of scores.</exception>
    internal unsafe void Run(ReadOnlyMemory<byte> tensor, Span<float> scores, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var pinned = tensor.Pin();
        using var input = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, _element, _shape, (nint)pinned.Pointer, tensor.Length);
        using var options = new RunOptions();
        using var termination = cancellationToken.UnsafeRegister(static state => ((RunOptions)state!).Terminate = true, options);
        try
        {
            using var outputs = _session.Run(options, _inputNames, [input], _outputNames);
            CopyScores(outputs[0], scores);
        }
        catch (OnnxRuntimeException failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ClassifierException(ClassifierError.ModelUnavailable, $"Model '{_model.Model}' failed on this image; the log says why.", failure);
        }
    }

    private static ModelSession CreateOrForget(ModelVersion model, string executionProviders, ILogger logger)
    {
        try
        {
            var session = Create(model, executionProviders, logger);
            Failures.TryRemove(model.OnnxPath, out _);
            return session;
        }
        catch (Exception failure)
        {
            Failures[model.OnnxPath] = failure.InnerException?.Message ?? failure.Message;
            Sessions.TryRemove(model.OnnxPath, out _);
            throw;
        }
    }

    private static ModelSession Create(ModelVersion model, string executionProviders, ILogger logger)
    {
        var load = new StageTimings().Measure(Stage.Load, model.Model);
        var (session, provider) = SessionFactory.Create(model, executionProviders);
        // Not on failure: the count of loads is the number of sessions.
        load.Dispose();
        Log.Created(logger, model.Model, model.Version, provider.Name, provider.Reason, load.Elapsed.TotalMilliseconds);
        return new ModelSession(model, session, provider);
    }

    private void CopyScores(OrtValue output, Span<float> scores)
    {
        var count = output.GetTensorTypeAndShape().ElementCount;
        if (count != scores.Length)
        {
            throw new ClassifierException(
                ClassifierError.ModelUnavailable, $"Model '{_model.Model}' has {scores.Length} labels but gave {count} scores: mend its labels.");
        }

        if (output.GetTensorTypeAndShape().ElementDataType == TensorElementType.Float)
        {
            output.GetTensorDataAsSpan<float>().CopyTo(scores);
            return;
        }

        var halves = output.GetTensorDataAsSpan<Float16>();
        for (var i = 0; i < scores.Length; i++)
            scores[i] = (float)halves[i];
    }

    private static partial class Log
    {
        [LoggerMessage(10, LogLevel.Information,
            "Session created: model {Model}, version {Version}, on {Provider} ({Reason}), in {Milliseconds:0} ms")]
        public static partial void Created(ILogger logger, string model, string version, string provider, string reason, double milliseconds);
    }
}
