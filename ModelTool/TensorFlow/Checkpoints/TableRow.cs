namespace ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;

/// <summary>A key and its value in a table.</summary>
/// <param name="Offset">Of the block that has it, in the file.</param>
internal readonly record struct TableRow(byte[] Key, ReadOnlyMemory<byte> Value, long Offset);
