using ClassifierFunctions.Inference;
using ClassifierFunctions.Models.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace ClassifierFunctions.Tests.Unit.Models.Onnx;

/// <summary>Runs a built graph in ONNX Runtime, from the bytes that it writes.</summary>
internal sealed class OnnxRun : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options;

    public OnnxRun(OnnxGraphBuilder graph)
    {
        using var bytes = new MemoryStream();
        graph.Write(bytes);
        // The engine's: whoever makes the process's first session decides on the thread pool of all.
        using var session = OnnxEnvironment.CreateSessionOptions();
        _session = new InferenceSession(bytes.ToArray(), session);
        _options = new RunOptions();
    }

    public ModelMetadata Metadata => _session.ModelMetadata;

    /// <summary>The outputs for one float32 input (or none), in the order in which the graph declares them.</summary>
    public IReadOnlyList<OrtValue> Outputs(float[]? input = null, params long[] dims)
    {
        if (input is null)
            return _session.Run(_options, new Dictionary<string, OrtValue>(), _session.OutputNames);
        using var value = OrtValue.CreateTensorValueFromMemory(input, dims);
        return _session.Run(_options, new Dictionary<string, OrtValue> { [_session.InputNames[0]] = value }, _session.OutputNames);
    }

    public static float[] Floats(OrtValue value) => value.GetTensorDataAsSpan<float>().ToArray();

    public static long[] Shape(OrtValue value) => value.GetTensorTypeAndShape().Shape;

    public void Dispose()
    {
        _options.Dispose();
        _session.Dispose();
    }
}
