using ClassifierFunctions.Models;
using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.ModelTool.Import;

/// <summary>The model folder to write.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Version">A whole number; 1 for a folder without versions.</param>
/// <param name="Overwrite">Whether a model that is there already is replaced.</param>
internal sealed record ModelTarget(string Path, string Model, string Version, bool Overwrite)
{
    /// <summary>For whoever is about to write: it is asked before the work, and once more after it.</summary>
    /// <exception cref="ImportException">Something is in the way.</exception>
    public void ThrowIfTaken()
    {
        if (File.Exists(Path))
            throw new ImportException($"--to {Path} is a file; name a folder.");
        var parent = System.IO.Path.GetDirectoryName(Path);
        if (parent is not null && ModelFolder.IsModel(parent))
            throw new ImportException($"--to {Path} lies in {parent}, which is a model itself, so the app would not find it; name another folder.");
        if (!Directory.Exists(Path) || !Directory.EnumerateFileSystemEntries(Path).Any())
            return;
        if (!ModelFolder.IsModel(Path))
            throw new ImportException($"--to {Path} holds something that is not a model; empty it, or name another folder.");
        if (!Overwrite)
            throw new ImportException($"--to {Path} holds a model already; name another folder, or replace it with --overwrite.");
    }
}
