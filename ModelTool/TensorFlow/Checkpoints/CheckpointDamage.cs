namespace ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;

/// <summary>Makes the error of a checkpoint's file that is not as TensorFlow writes it.</summary>
internal static class CheckpointDamage
{
    /// <param name="offset">In bytes from the start of the file.</param>
    /// <param name="what">What is wrong there, with the tensor's name where there is one; without a full stop.</param>
    public static ImportException At(string file, long offset, string what, Exception? inner = null)
        => new($"{file}, offset {offset}: {what}. The checkpoint is damaged or incomplete; copy it again from where it was made.", inner);
}
