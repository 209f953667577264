namespace ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;

/// <summary>What a checkpoint's index says of a tensor; a partitioned variable is one tensor.</summary>
/// <param name="Type">As stored: it may be one that cannot be read.</param>
/// <param name="Dims">Sizes, row-major; none for a scalar.</param>
internal sealed record CheckpointEntry(DataType Type, IReadOnlyList<long> Dims);
