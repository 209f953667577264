using System.Globalization;

namespace ClassifierFunctions.Models;

/// <summary>The folder of one version of a model, found but not read.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Version">A whole number; 1 for a model folder without versions.</param>
/// <param name="Path">Full path.</param>
/// <param name="Stamp">Names, lengths and times of the model's files: changes when any of them does.</param>
internal sealed record VersionFolder(string Model, string Version, string Path, string Stamp)
{
    /// <summary>Finds all version folders below the models folder.</summary>
    /// <param name="modelsFolder">Holds a folder per model.</param>
    /// <param name="onUnreadable">Gives what stands for a model whose folder cannot be read.</param>
    /// <exception cref="IOException">The models folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The models folder cannot be read.</exception>
    public static IEnumerable<VersionFolder> Find(string modelsFolder, Func<string, string, Exception, IEnumerable<VersionFolder>> onUnreadable)
        => Directory.EnumerateDirectories(modelsFolder)
            .Select(path => (Path: path, Model: System.IO.Path.GetFileName(path)))
            .Where(folder => !folder.Model.StartsWith('.'))
            .SelectMany(folder => Versions(folder.Model, folder.Path, onUnreadable));

    /// <summary>The stamp of a version's folder as it is now.</summary>
    public static string StampOf(string folder)
        => string.Join('\n', new[] { folder, System.IO.Path.Combine(folder, "onnx") }
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateFiles)
            .Where(path => ModelFolder.IsPart(System.IO.Path.GetFileName(path)))
            .Order(StringComparer.Ordinal)
            .Select(StampOfFile));

    /// <summary>True when it is not any more what it was when it was found.</summary>
    public bool HasChanged()
    {
        try
        {
            return StampOf(Path) != Stamp;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static string StampOfFile(string path)
    {
        try
        {
            // Of a link, what it leads to.
            var file = File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path);
            return string.Create(CultureInfo.InvariantCulture, $"{path}|{file.Length}|{file.LastWriteTimeUtc.Ticks}");
        }
        catch (IOException)
        {
            // Gone since it was listed, or a link that leads nowhere.
            return path;
        }
    }

    private static VersionFolder[] Versions(string model, string folder, Func<string, string, Exception, IEnumerable<VersionFolder>> onUnreadable)
    {
        try
        {
            if (ModelFolder.IsModel(folder))
                return [new(model, "1", folder, StampOf(folder))];
            return
            [
                .. Directory.EnumerateDirectories(folder)
                    .Select(path => (Path: path, Name: System.IO.Path.GetFileName(path)))
                    .Where(version => long.TryParse(version.Name, NumberStyles.None, CultureInfo.InvariantCulture, out _) && IsModel(version.Path))
                    .Select(version => new VersionFolder(model, version.Name, version.Path, StampOf(version.Path))),
            ];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [.. onUnreadable(model, folder, failure)];
        }
    }

    // A folder that must not be looked into seems empty to whoever asks for single files.
    private static bool IsModel(string folder) => Directory.EnumerateFileSystemEntries(folder).Any() && ModelFolder.IsModel(folder);
}
