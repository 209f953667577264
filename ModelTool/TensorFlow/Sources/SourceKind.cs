namespace ClassifierFunctions.ModelTool.TensorFlow.Sources;

/// <summary>How a TensorFlow model is stored.</summary>
internal enum SourceKind
{
    /// <summary>MetaGraphDef (.meta), with variables beside it (.index, .data).</summary>
    Checkpoint,

    /// <summary>GraphDef whose variables are constants.</summary>
    FrozenGraph,

    /// <summary>Folder of a saved_model.pb, with variables in a folder of that name.</summary>
    SavedModel,
}
