namespace ClassifierFunctions.ModelTool.TensorFlow.Sources;

/// <summary>The files that a path stands for.</summary>
/// <param name="Kind">What the path says; the content of a .pb may say otherwise.</param>
/// <param name="GraphFile">The protobuf with the graph.</param>
/// <param name="Prefix">Of the .index and .data files; null when the graph's variables are constants.</param>
internal sealed record SourceLocation(SourceKind Kind, string GraphFile, string? Prefix)
{
    private const string SavedModelFile = "saved_model.pb";

    public static SourceLocation OfCheckpoint(string prefix) => new(SourceKind.Checkpoint, prefix + ".meta", prefix);

    public static SourceLocation OfGraph(string file)
        => Path.GetFileName(file) == SavedModelFile ? OfSavedModel(file) : new(SourceKind.FrozenGraph, file, null);

    /// <param name="file">The protobuf, whatever its name; variables are where TensorFlow puts them, if there are any.</param>
    public static SourceLocation OfSavedModel(string file)
    {
        var prefix = Path.Combine(Path.GetDirectoryName(file)!, "variables", "variables");
        return new(SourceKind.SavedModel, file, File.Exists(prefix + ".index") ? prefix : null);
    }

    /// <summary>The SavedModel in a folder; null when there is none.</summary>
    public static SourceLocation? SavedModelIn(string folder)
        => Path.Combine(folder, SavedModelFile) is var file && File.Exists(file) ? OfSavedModel(file) : null;
}
