using ClassifierFunctions.Inference;
using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion;
using ClassifierFunctions.ModelTool.TensorFlow.Sources;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;
using ClassifierFunctions.Tests.Support.TensorFlow.Reference;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ClassifierFunctions.Tests.Support.TensorFlow;

/// <summary>A graph, converted to ONNX and loaded.</summary>
internal sealed class ConvertedRun : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string _output;

    /// <summary>For one output of a frozen graph, whatever it is.</summary>
    public ConvertedRun(TestGraph graph, string output)
    {
        _output = output;
        // A classifier has scores for each image; so that any output may be asked for, others are given beside it.
        var whole = graph.Clone();
        var scores = whole.Reduce("Mean", graph.Definition.Node.Single(node => node.Op == "Placeholder").Name, whole.Vector(1, 2), keepDims: false);
        using var source = whole.Open();
        (Model, _session) = Convert(source, new ConversionRequest { Outputs = [output, scores] });
    }

    /// <summary>As import converts a frozen graph.</summary>
    public ConvertedRun(TestGraph graph, ConversionRequest request)
    {
        using var source = graph.Open();
        (Model, _session) = Convert(source, request);
        _output = Model.Outputs[0].Name;
    }

    /// <summary>As import converts any source.</summary>
    public ConvertedRun(TensorFlowModel source, ConversionRequest request)
    {
        (Model, _session) = Convert(source, request);
        _output = Model.Outputs[0].Name;
    }

    public ConvertedModel Model { get; }

    /// <summary>Names of the outputs, as the file has them.</summary>
    public IReadOnlyList<string> Outputs => _session.OutputNames;

    /// <param name="input">float32 of the model's one input.</param>
    /// <param name="output">Null for the one asked for, or the first.</param>
    public ReferenceTensor Run(ReferenceTensor input, string? output = null)
    {
        var tensor = new DenseTensor<float>(input.Values.Select(value => (float)value).ToArray(), input.Dims);
        using var results = _session.Run([NamedOnnxValue.CreateFromTensor(_session.InputNames.Single(), tensor)], [output ?? _output]);
        return Read(results.Single().Value);
    }

    public void Dispose() => _session.Dispose();

    private static (ConvertedModel Model, InferenceSession Session) Convert(TensorFlowModel source, ConversionRequest request)
    {
        var model = Converter.Convert(source, request);
        using var onnx = new MemoryStream();
        model.Write(onnx, "Of a test.");
        using var options = OnnxEnvironment.CreateSessionOptions();
        return (model, new InferenceSession(onnx.ToArray(), options));
    }

    private static ReferenceTensor Read(object value) => value switch
    {
        Tensor<float> floats => Read(floats, number => number, DataType.DtFloat),
        Tensor<double> doubles => Read(doubles, number => number, DataType.DtDouble),
        Tensor<int> ints => Read(ints, number => number, DataType.DtInt32),
        Tensor<long> longs => Read(longs, number => number, DataType.DtInt64),
        Tensor<bool> bools => Read(bools, truth => truth ? 1 : 0, DataType.DtBool),
        _ => throw new NotSupportedException(value.GetType().ToString()),
    };

    private static ReferenceTensor Read<T>(Tensor<T> tensor, Func<T, double> number, DataType type)
        => new(tensor.Dimensions.ToArray(), [.. tensor.Select(number)], type);
}
