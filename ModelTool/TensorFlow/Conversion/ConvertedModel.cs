using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>A converted model, to be saved once.</summary>
internal sealed class ConvertedModel
{
    private ComputeGraph? _graph;

    public ConvertedModel(ComputeGraph graph)
    {
        _graph = graph;
        Nodes = graph.Nodes.Count;
        Outputs = [.. graph.Outputs.Select(output => (output.Name, output.Value.Type, output.Value.Dims))];
    }

    public required ImageInput Input { get; init; }

    /// <summary>What the graph tells of the pixels that it expects; null when it tells nothing.</summary>
    public InputStart? Start { get; init; }

    /// <summary>Names, types and shapes of the outputs.</summary>
    public IReadOnlyList<(string Name, DataType Type, IReadOnlyList<Dim> Dims)> Outputs { get; }

    /// <summary>Whether the classes of the first output with scores are independent of each other.</summary>
    public required bool IsMultiLabel { get; init; }

    public required IReadOnlyList<LayerRow> Layers { get; init; }

    /// <summary>Placeholders beside the image: the values they were given, and why.</summary>
    public required IReadOnlyDictionary<string, (string Value, string Why)> Placeholders { get; init; }

    /// <summary>How many dropouts were left out.</summary>
    public required int Dropouts { get; init; }

    /// <summary>Names of TensorFlow's nodes that the model consists of.</summary>
    public required IReadOnlyCollection<string> UsedNodes { get; init; }

    /// <summary>What people should know, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Nodes of the ONNX graph.</summary>
    public int Nodes { get; }

    /// <summary>Writes a file. It can be done once: the weights are given back to the system.</summary>
    /// <param name="path">The file.</param>
    /// <inheritdoc cref="Write"/>
    public void Save(string path, string description) => Write(description, builder => builder.Save(path));

    /// <summary>Writes the model. It can be done once: the weights are given back to the system.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="description">For people who look into the model.</param>
    /// <exception cref="ImportException">More than an ONNX file can hold.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(Stream stream, string description) => Write(description, builder => builder.Write(stream));

    private void Write(string description, Action<OnnxGraphBuilder> write)
    {
        var graph = _graph ?? throw new InvalidOperationException("The model is written already.");
        _graph = null;
        try
        {
            var builder = new OnnxGraphBuilder("classifier", "ClassifierFunctions ModelTool", description: description);
            new OnnxEmitter(builder).Emit(graph.Input, graph.Nodes, graph.Outputs);
            write(builder);
        }
        catch (Exception tooLarge) when (tooLarge is InvalidOperationException or UnsupportedException)
        {
            throw new ImportException(tooLarge.Message, tooLarge);
        }
    }
}
