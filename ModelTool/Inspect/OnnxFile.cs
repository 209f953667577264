using ClassifierFunctions.Models;
using ClassifierFunctions.Models.Onnx.Outline;
using Google.Protobuf;

namespace ClassifierFunctions.ModelTool.Inspect;

/// <summary>An ONNX file, read without its weights.</summary>
/// <param name="Model">Graph and metadata.</param>
/// <param name="Bytes">Length of the file and of the files with weights beside it.</param>
/// <param name="Missing">Names of files with weights that should be there and are not.</param>
internal sealed record OnnxFile(ModelProto Model, long Bytes, IReadOnlyList<string> Missing)
{
    // Where a tensor's numbers are, in another file (onnx/onnx, docs/ExternalData.md).
    private const string Location = "location";

    // A million gigabytes.
    private const long MaxElements = 1L << 50;

    public GraphProto Graph => Model.Graph;

    /// <exception cref="ModelFormatException">Not an ONNX file, or a damaged one.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static OnnxFile Read(string path)
    {
        using var file = File.OpenRead(path);
        var model = Parse(file);
        if (model.Graph is not { Output.Count: > 0 })
            throw new ModelFormatException("The file holds no ONNX graph with an output.");
        var constants = model.Graph.Node.SelectMany(node => node.Attribute).Select(attribute => attribute.T).OfType<TensorProto>();
        var tensors = model.Graph.Initializer.Concat(constants).ToArray();
        if (tensors.FirstOrDefault(tensor => Elements(tensor) < 0 || Elements(tensor) > MaxElements) is { } impossible)
        {
            throw new ModelFormatException(
                $"Tensor {impossible.Name} has the shape {string.Join(" x ", impossible.Dims)}, which no file can hold: the file is damaged.");
        }

        var beside = tensors
            .SelectMany(tensor => tensor.ExternalData)
            .Where(entry => entry.Key == Location)
            .Select(entry => new FileInfo(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, entry.Value)))
            .DistinctBy(weights => weights.FullName)
            .ToArray();
        var there = beside.Where(weights => weights.Exists).Sum(weights => weights.Length);
        return new(model, file.Length + there, [.. beside.Where(weights => !weights.Exists).Select(weights => weights.Name)]);
    }

    private static Int128 Elements(TensorProto tensor)
        => tensor.Dims.Aggregate((Int128)1, (product, dim) => dim < 0 || product < 0 ? -1 : Int128.Min(product, MaxElements + 1) * dim);

    private static ModelProto Parse(Stream file)
    {
        try
        {
            return ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(file);
        }
        catch (InvalidProtocolBufferException damaged)
        {
            throw new ModelFormatException($"The file is not an ONNX file, or is damaged: {damaged.Message}", damaged);
        }
    }
}
