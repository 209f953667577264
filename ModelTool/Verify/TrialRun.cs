using System.Diagnostics;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ClassifierFunctions.ModelTool.Verify;

/// <summary>A model in a session of its own, run on pictures one by one or several at once, as asked, where the app would decide by load.</summary>
internal sealed class TrialRun : IDisposable
{
    private readonly ModelVersion _model;
    private readonly InferenceSession _session;
    private readonly Preprocessor _preprocessor;

    /// <exception cref="ClassifierException">No execution provider can load the model.</exception>
    public TrialRun(ModelVersion model, InferenceOptions options)
    {
        _model = model;
        (_session, Provider) = SessionFactory.Create(model, options.ExecutionProviders, memoryLimitMB: null);
        _preprocessor = new Preprocessor(model.Preprocessing, model.Input.Layout, model.Input.Element, model.Input.Channels);
    }

    public ExecutionProvider Provider { get; }

    /// <summary>A picture as the model gets it.</summary>
    public byte[] Preprocess(IImageDecoder decoder, ReadOnlyMemory<byte> encoded, CancellationToken cancellationToken)
    {
        using var image = decoder.Open(encoded, cancellationToken);
        var tensor = new byte[_preprocessor.TensorBytes];
        _preprocessor.Process(image, tensor, new Stopwatch(), cancellationToken);
        return tensor;
    }

    /// <summary>Runs the model once on all pictures together.</summary>
    /// <returns>The raw output of each, one value per label.</returns>
    /// <exception cref="ClassifierException">The output has another number of scores.</exception>
    /// <exception cref="OnnxRuntimeException">The model failed.</exception>
    public float[][] Run(params IReadOnlyList<byte[]> tensors)
    {
        var element = _model.Input.Element switch
        {
            TensorElement.Float32 => TensorElementType.Float,
            TensorElement.Float16 => TensorElementType.Float16,
            _ => TensorElementType.UInt8,
        };
        using var buffer = new RunBuffer(element, _model.Input.Shape(_preprocessor.Width, _preprocessor.Height, tensors.Count), _model.Labels.Count);
        for (var i = 0; i < tensors.Count; i++)
            tensors[i].CopyTo(buffer.Tensor[(i * _preprocessor.TensorBytes)..]);
        using var options = new RunOptions();
        using var outputs = _session.Run(options, [_model.Input.Name], [buffer.Input(tensors.Count)], [_model.Output]);
        ScoreReader.Read(outputs[0], _model, tensors.Count, buffer.Scores);
        return [.. buffer.Scores.ToArray().Chunk(_model.Labels.Count)];
    }

    public void Dispose() => _session.Dispose();
}
