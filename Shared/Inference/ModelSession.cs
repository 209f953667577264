using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ClassifierFunctions.Inference;

/// <summary>
/// The session of one model version. Its weights are read and put on the device once. <see cref="Run(RunBuffer, CancellationToken)"/> is thread-safe
/// and takes no lock.
/// </summary>
internal sealed partial class ModelSession : IDisposable
{
    // A prime, so that no row or channel of the pattern is like the one before.
    private const int PatternPeriod = 59;

    // Kernels for several images round otherwise; on tensor cores by about this much.
    private const float BatchTolerance = 0.02f;

    private readonly ModelVersion _model;
    private readonly InferenceSession _session;
    private readonly TensorElementType _element;
    private readonly int _batchCapacity;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly ConcurrentStack<RunBuffer> _buffers = new();
    private readonly ConcurrentStack<RunBuffer> _batchBuffers = new();
    private readonly ILogger _logger;
    private volatile bool _isDisposed;

    /// <param name="model">What the session is of.</param>
    /// <param name="session">Owned from now on.</param>
    /// <param name="provider">What runs it.</param>
    /// <param name="options">Size and delay of batches.</param>
    /// <param name="time">Measures the delay.</param>
    /// <param name="logger">Told when batches fail.</param>
    public ModelSession(
        ModelVersion model, InferenceSession session, ExecutionProvider provider, InferenceOptions options, TimeProvider time, ILogger logger)
    {
        (_model, _session, Provider, _logger) = (model, session, provider, logger);
        Preprocessor = new Preprocessor(model.Preprocessing, model.Input.Layout, model.Input.Element, model.Input.Channels);
        _inputNames = [model.Input.Name];
        _outputNames = [model.Output];
        _element = model.Input.Element switch
        {
            TensorElement.Float32 => TensorElementType.Float,
            TensorElement.Float16 => TensorElementType.Float16,
            _ => TensorElementType.UInt8,
        };
        _batchCapacity = model.Input.DynamicBatch ? options.BatchSizeOn(provider.Name) : 1;
        if (_batchCapacity > 1 && TakesBatches())
            Batcher = new Batcher<RunBuffer>(_batchCapacity, options.MaxBatchDelay, time, RunBatch, BatchesFailed);
    }

    public ExecutionProvider Provider { get; }

    public Preprocessor Preprocessor { get; }

    /// <summary>Most images in one run.</summary>
    public int MaxBatchSize => Batcher?.MaxSize ?? 1;

    /// <summary>Joins images to batches; null when each is run by itself.</summary>
    public Batcher<RunBuffer>? Batcher { get; }

    /// <summary>Most images between decoder and answer: with batches, one batch that runs and one that gathers meanwhile.</summary>
    public int MaxImagesInFlight => Batcher is null ? int.MaxValue : 2 * _batchCapacity;

    /// <summary>Buffers for one image, to be given back to <see cref="Return"/>.</summary>
    public RunBuffer Rent()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _buffers.TryPop(out var buffer) ? buffer : NewBuffer(1);
    }

    public void Return(RunBuffer buffer) => _buffers.Push(buffer);

    /// <summary>Runs the model on one image.</summary>
    /// <param name="image">Has the preprocessed image and receives the raw output.</param>
    /// <param name="cancellationToken">Stops the run between two of its operators.</param>
    /// <exception cref="ClassifierException">The model failed, or gave another number of scores.</exception>
    public void Run(RunBuffer image, CancellationToken cancellationToken) => Run(image.Input(1), 1, image.Scores, cancellationToken);

    /// <summary>Runs the model on a black image, alone and in the largest batch: memory is allocated and algorithms are chosen by then.</summary>
    /// <inheritdoc cref="Run(RunBuffer, CancellationToken)"/>
    public void WarmUp(CancellationToken cancellationToken)
    {
        var images = RentBlack(MaxBatchSize);
        try
        {
            Run(images[0], cancellationToken);
            if (Batcher is not null)
                RunBatch(images, cancellationToken);
        }
        catch (ClassifierException failure) when (images.Length > 1)
        {
            // Alone it works, or the next line says that it does not.
            Run(images[0], cancellationToken);
            Batcher!.Shrink(images.Length / 2, failure);
        }
        finally
        {
            foreach (var image in images)
                Return(image);
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        foreach (var buffer in _buffers.Concat(_batchBuffers))
            buffer.Dispose();
        _session.Dispose();
    }

    // Graphs that were exported for one image may call their batch axis dynamic all the same, and then fail or mix the images up.
    private bool TakesBatches()
    {
        var images = RentBlack(2);
        try
        {
            Pattern(images[1].Tensor);
            foreach (var image in images)
                Run(image, CancellationToken.None);
            var alone = Array.ConvertAll(images, image => image.Scores.ToArray());
            RunBatch(images, CancellationToken.None);
            if (images.Zip(alone).All(pair => AreSame(pair.First.Scores, pair.Second)))
                return true;
            Log.NoBatches(_logger, null, _model.Model, _model.Version);
        }
        catch (ClassifierException failure)
        {
            Log.NoBatches(_logger, failure, _model.Model, _model.Version);
        }
        finally
        {
            foreach (var image in images)
                Return(image);
        }

        return false;
    }

    private void Pattern(Span<byte> tensor)
    {
        var floats = MemoryMarshal.Cast<byte, float>(tensor);
        var halves = MemoryMarshal.Cast<byte, Half>(tensor);
        switch (_element)
        {
            case TensorElementType.Float:
                for (var i = 0; i < floats.Length; i++)
                    floats[i] = (float)(i % PatternPeriod) / PatternPeriod;
                break;
            case TensorElementType.Float16:
                for (var i = 0; i < halves.Length; i++)
                    halves[i] = (Half)((float)(i % PatternPeriod) / PatternPeriod);
                break;
            default:
                for (var i = 0; i < tensor.Length; i++)
                    tensor[i] = (byte)(i % PatternPeriod);
                break;
        }
    }

    private static bool AreSame(ReadOnlySpan<float> batched, ReadOnlySpan<float> alone)
    {
        for (var i = 0; i < alone.Length; i++)
        {
            // Not a number where there was none before is the same, too.
            if (Math.Abs(batched[i] - alone[i]) > BatchTolerance * (1 + Math.Abs(alone[i])))
                return false;
        }

        return true;
    }

    private RunBuffer[] RentBlack(int images)
    {
        var buffers = Enumerable.Range(0, images).Select(_ => Rent()).ToArray();
        foreach (var buffer in buffers)
            buffer.Tensor.Clear();
        return buffers;
    }

    private void RunBatch(IReadOnlyList<RunBuffer> images, CancellationToken cancellationToken)
    {
        if (images.Count == 1)
        {
            Run(images[0], cancellationToken);
            return;
        }

        var batch = _batchBuffers.TryPop(out var used) ? used : NewBuffer(_batchCapacity);
        try
        {
            var (bytes, labels) = (Preprocessor.TensorBytes, _model.Labels.Count);
            // The one copy of an image's tensor: a batch has to lie in one piece.
            for (var i = 0; i < images.Count; i++)
                images[i].Tensor.CopyTo(batch.Tensor[(i * bytes)..]);
            var input = batch.Input(images.Count);
            using (images.Count < _batchCapacity ? input : null)
                Run(input, images.Count, batch.Scores[..(images.Count * labels)], cancellationToken);
            for (var i = 0; i < images.Count; i++)
                batch.Scores.Slice(i * labels, labels).CopyTo(images[i].Scores);
        }
        finally
        {
            _batchBuffers.Push(batch);
        }
    }

    private void Run(OrtValue input, int images, Span<float> scores, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Native code would not notice.
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        using var options = new RunOptions();
        using var termination = cancellationToken.UnsafeRegister(static state => ((RunOptions)state!).Terminate = true, options);
        try
        {
            using var outputs = _session.Run(options, _inputNames, [input], _outputNames);
            ScoreReader.Read(outputs[0], _model, images, scores);
        }
        catch (OnnxRuntimeException failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ClassifierException(ClassifierError.ModelUnavailable, $"Model '{_model.Model}' failed on this image; the log says why.", failure);
        }
    }

    private RunBuffer NewBuffer(int images)
        => new(_element, _model.Input.Shape(Preprocessor.Width, Preprocessor.Height, images), _model.Labels.Count);

    private void BatchesFailed(int size, Exception failure) => Log.BatchesFailed(_logger, failure, _model.Model, _model.Version, size);

    private static partial class Log
    {
        [LoggerMessage(18, LogLevel.Warning,
            "Model {Model}, version {Version}: several images in one run do not get the scores that each gets alone, although its input takes them; each is run by itself")]
        public static partial void NoBatches(ILogger logger, Exception? failure, string model, string version);

        [LoggerMessage(15, LogLevel.Warning,
            "Model {Model}, version {Version}: a batch failed although its images could be run one by one; from now on at most {Size} at a time")]
        public static partial void BatchesFailed(ILogger logger, Exception failure, string model, string version, int size);
    }
}
