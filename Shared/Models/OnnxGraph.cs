using ClassifierFunctions.Imaging;
using ClassifierFunctions.Models.Onnx.Outline;
using Google.Protobuf;

namespace ClassifierFunctions.Models;

/// <summary>What an ONNX file says about itself, read without creating a session and without reading its weights into memory.</summary>
internal sealed class OnnxGraph
{
    // TensorProto.DataType of onnx.proto.
    private const int Float = 1;
    private const int UInt8 = 2;
    private const int Int64 = 7;
    private const int Float16 = 10;

    private readonly GraphProto _graph;

    private OnnxGraph(ModelProto model)
    {
        _graph = model.Graph;
        var metadata = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in model.MetadataProps)
            metadata.TryAdd(entry.Key, entry.Value);
        Metadata = metadata;
    }

    /// <summary>Number of weights: the elements of all initialisers but those of int64, which are shapes and axes.</summary>
    public long Parameters => _graph.Initializer.Where(tensor => tensor.DataType != Int64).Sum(tensor => tensor.Dims.Aggregate(1L, (product, dim) => product * dim));

    /// <summary>What the model says about itself; keys in any case (onnx/onnx, docs/MetadataProps.md).</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <exception cref="ModelFormatException">Not an ONNX file, or a damaged one.</exception>
    public static OnnxGraph Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var model = ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(file);
            return model.Graph is { Output.Count: > 0 }
                ? new OnnxGraph(model)
                : throw new ModelFormatException($"{Path.GetFileName(path)} holds no ONNX graph with an output.");
        }
        catch (InvalidProtocolBufferException damaged)
        {
            throw new ModelFormatException($"{Path.GetFileName(path)} is not an ONNX file, or is damaged: {damaged.Message}", damaged);
        }
    }

    /// <summary>The one input that is not a weight.</summary>
    /// <exception cref="ModelFormatException">No such input, several, or one that no image fits.</exception>
    public ModelInput ImageInput()
    {
        var weights = _graph.Initializer.Select(tensor => tensor.Name).ToHashSet();
        var inputs = _graph.Input.Where(input => !weights.Contains(input.Name)).ToArray();
        if (inputs.Length != 1)
            throw new ModelFormatException($"The graph has {inputs.Length} inputs ({string.Join(", ", inputs.Select(i => i.Name))}); an image classifier has one.");

        var (input, tensor) = (inputs[0], inputs[0].Type?.TensorType);
        var element = tensor?.ElemType switch
        {
            Float => TensorElement.Float32,
            Float16 => TensorElement.Float16,
            UInt8 => TensorElement.UInt8,
            _ => throw new ModelFormatException($"Input {input.Name} is not a tensor of float32, float16 or uint8."),
        };
        var dims = Dims(tensor);
        if (dims.Length != 4)
            throw new ModelFormatException($"Input {input.Name} has {dims.Length} dimensions; an image batch has 4.");
        if (dims[0] is > 1)
            throw new ModelFormatException($"Input {input.Name} wants exactly {dims[0]} images at once; export the model with a batch of 1 or a dynamic one.");

        var layout = dims[1] is not (1 or 3) && dims[3] is 1 or 3 ? TensorLayout.Nhwc : TensorLayout.Nchw;
        var (channels, height, width) = layout == TensorLayout.Nchw ? (dims[1], dims[2], dims[3]) : (dims[3], dims[1], dims[2]);
        return channels is null or 1 or 3
            ? new ModelInput(input.Name, element, layout, channels ?? 3, width, height, DynamicBatch: dims[0] is null)
            : throw new ModelFormatException($"Input {input.Name} has {channels} channels; 1 (grey) or 3 are supported.");
    }

    /// <summary>The output with a score per class, as <see cref="ScoresOutput.Choose"/> finds it.</summary>
    /// <exception cref="ModelFormatException">No output holds scores, or none has as many as there are labels.</exception>
    public ScoresOutput ScoresOutput(int classes) => Models.ScoresOutput.Choose(Models.ScoresOutput.In(_graph), classes);

    /// <summary>The classes that an output with a map per image names; null when there is no such output.</summary>
    public IReadOnlyList<string>? MapClasses() => Models.ScoresOutput.In(_graph).FirstOrDefault(output => output.Keys is not null)?.Keys;

    /// <summary>What the graph leaves to be done to <paramref name="output"/>, by the operator that makes it.</summary>
    public OutputActivation Activation(string output)
    {
        // Reshapes, casts, quantising and naming the scores change none: look at what feeds them.
        for (var steps = 0; steps < _graph.Node.Count && _graph.Node.FirstOrDefault(node => node.Output.Contains(output)) is { } node; steps++)
        {
            switch (node.OpType)
            {
                case "Softmax" or "Sigmoid" or "QLinearSoftmax" or "QLinearSigmoid" or "Normalizer":
                case "Div" when IsShareOfSum(node):
                    return OutputActivation.None;
                case "LogSoftmax":
                    return OutputActivation.Exponential;
                case "Identity" or "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze" or "Cast" or "Transpose" or "ZipMap"
                    or "QuantizeLinear" or "DequantizeLinear" when node.Input.Count > 0:
                    output = node.Input[0];
                    break;
                default:
                    return OutputActivation.Softmax;
            }
        }

        return OutputActivation.Softmax;
    }

    // x / sum(x): the end of a softmax that is written out.
    private bool IsShareOfSum(NodeProto divide)
        => divide.Input.Count == 2
            && _graph.Node.FirstOrDefault(node => node.Output.Contains(divide.Input[1])) is { OpType: "ReduceSum" or "ReduceL1", Input: [var summed, ..] }
            && summed == divide.Input[0];

    private static int?[] Dims(TypeProto.Types.TensorTypeProto? tensor)
        => [.. (tensor?.Shape?.Dim ?? []).Select(dim => dim.DimValue > 0 ? (int?)dim.DimValue : null)];
}
