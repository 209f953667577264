namespace ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;

/// <summary>Finds out why there is no <c>.index</c>.</summary>
internal static class MissingIndex
{
    public static ImportException Explain(string prefix)
    {
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(prefix));
            if (!Directory.Exists(folder))
                return new ImportException($"{prefix}.index does not exist, nor its folder. The path must be that of its .index file, without .index.");
            var name = Path.GetFileName(prefix);
            // As the V1 format names files: the prefix itself, or one per shard.
            foreach (var path in new[] { prefix }.Where(File.Exists).Concat(Directory.EnumerateFiles(folder, $"{name}-?????-of-?????")))
            {
                using var file = CheckpointFile.Open(path);
                if (SortedTable.IsTable(file))
                {
                    return new ImportException($"{path} is a checkpoint of TensorFlow's first format (V1, usual before 1.0), which is not read here. "
                        + "Restore it in TensorFlow 1 and save it again with tf.train.Saver(write_version=tf.train.SaverDef.V2).");
                }
            }

            return Directory.EnumerateFiles(folder, $"{name}.data-*").Any()
                ? new ImportException($"{prefix}.index is missing, though its .data is there. Copy it too: it says where in .data the tensors are.")
                : new ImportException(
                    $"{prefix}.index does not exist: there is no checkpoint of this name. The path must be that of its .index file, without .index.");
        }
        catch (Exception failure) when (CheckpointFile.IsOfFileSystem(failure))
        {
            return new ImportException($"{prefix}.index cannot be read: {failure.Message}", failure);
        }
    }
}
