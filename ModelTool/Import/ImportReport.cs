namespace ClassifierFunctions.ModelTool.Import;

/// <summary>What an import read, made of it, and left out.</summary>
internal sealed record ImportReport
{
    /// <summary>What kind of source it was, for people: "TensorFlow 1 checkpoint".</summary>
    public required string SourceKind { get; init; }

    /// <summary>The files read.</summary>
    public required IReadOnlyList<ImportSource> Sources { get; init; }

    /// <summary>The version that wrote the graph; null when the file does not say it.</summary>
    public string? TensorFlowVersion { get; init; }

    public required ImportInput Input { get; init; }

    /// <summary>In the order asked for; not empty.</summary>
    public required IReadOnlyList<ImportOutput> Outputs { get; init; }

    /// <summary>In the order of computation.</summary>
    public required IReadOnlyList<ImportLayer> Layers { get; init; }

    /// <summary>Nodes of TensorFlow's graph.</summary>
    public required int NodesBefore { get; init; }

    /// <summary>Nodes of the ONNX graph.</summary>
    public required int NodesAfter { get; init; }

    public IReadOnlyList<DroppedPart> Dropped { get; init; } = [];

    public IReadOnlyList<PlaceholderValue> Constants { get; init; } = [];

    /// <summary>What else people should know, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public long BytesBefore => Sources.Sum(source => source.Bytes);

    public long Parameters => Layers.Sum(layer => layer.Parameters);
}
