using ClassifierFunctions.Imaging;
using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion;
using ClassifierFunctions.ModelTool.TensorFlow.Sources;

namespace ClassifierFunctions.ModelTool.Import;

/// <summary>Reads and converts a TensorFlow model, and reports on it.</summary>
internal static class TensorFlowImport
{
    /// <exception cref="ImportException">The source is no model that can be imported.</exception>
    public static ImportedModel Convert(ImportOptions options, CancellationToken cancellationToken)
    {
        using var source = TensorFlowModel.Open(options.Source);
        cancellationToken.ThrowIfCancellationRequested();
        var model = Converter.Convert(
            source, new() { Input = options.Input, Outputs = options.Outputs, Values = options.Values, Size = options.Preprocess.Size });
        cancellationToken.ThrowIfCancellationRequested();
        // The app would take the height for the channels.
        if (model.Input is { ChannelsLast: true, Height: 1 or 3 })
            throw new ImportException($"{source.Path}: input {model.Input.Name}: images of {model.Input.Width} x {model.Input.Height} pixels are not supported.");
        var report = Report(source, model, options.Labels.IsGiven);
        return new(report, path => Write(path, model, report, cancellationToken), model.IsMultiLabel);
    }

    /// <summary>For people.</summary>
    public static string Kind(SourceKind kind) => kind switch
    {
        SourceKind.Checkpoint => "TensorFlow checkpoint",
        SourceKind.SavedModel => "TensorFlow SavedModel",
        _ => "frozen TensorFlow graph",
    };

    private static void Write(string path, ConvertedModel model, ImportReport report, CancellationToken cancellationToken)
    {
        model.Save(path, $"Imported from {string.Join(", ", report.Sources.Select(file => file.FileName))}.");
        cancellationToken.ThrowIfCancellationRequested();
        // The weights are in the file now; what held them goes before ONNX Runtime reads them.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        OnnxCheck.Run(path, model);
    }

    private static ImportReport Report(TensorFlowModel source, ConvertedModel model, bool hasLabels)
    {
        var folder = Path.GetDirectoryName(source.Path)!;
        return new()
        {
            SourceKind = Kind(source.Kind),
            Sources = [.. source.Files.Select(file => ImportSource.Of(file, folder))],
            TensorFlowVersion = source.TensorFlowVersion,
            Input = new(
                model.Input.Name, model.Input.Width, model.Input.Height, model.Input.Channels,
                model.Input.Type == DataType.DtUint8 ? TensorElement.UInt8 : TensorElement.Float32,
                model.Start),
            Outputs = [.. model.Outputs.Select(output => new ImportOutput(output.Name, Scores(output.Dims)))],
            Layers = ImportLayer.Of(model.Layers),
            NodesBefore = source.NodeCount,
            NodesAfter = model.Nodes,
            Dropped = DroppedParts.Of(source, model.UsedNodes, model.Dropouts),
            Constants = [.. model.Placeholders.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new PlaceholderValue(pair.Key, pair.Value.Value, pair.Value.Why))],
            Notes = [.. model.Notes, .. hasLabels ? [] : LabelFiles(folder)],
        };
    }

    // Labels are not guessed, but pointed at.
    private static IEnumerable<string> LabelFiles(string folder)
        => Directory.EnumerateFiles(folder, "*label*.txt").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal).Take(1)
            .Select(file => $"{file} lies beside the model; if these are its classes, give --labels with its path.");

    private static int? Scores(IReadOnlyList<Dim> dims)
        => Dim.Product(dims.Count > 1 ? dims.Skip(1) : dims).Known is { } scores and <= int.MaxValue ? (int)scores : null;
}
