namespace ClassifierFunctions.ModelTool.Images;

/// <summary>Finds image files.</summary>
internal static class ImageFiles
{
    private static readonly string[] Known = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp"];

    /// <summary>The endings that are looked for, for people.</summary>
    public static string Extensions { get; } = string.Join(' ', Known.Select(extension => extension[1..]));

    /// <summary>
    /// The files as they were named, whatever their names end in, and in the place of a folder the images in it and below it, by name. Hidden ones, and
    /// folders that are only linked to, are left out; no file is there twice.
    /// </summary>
    /// <returns>Paths that begin as the paths given do.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no image in a folder.</exception>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder must not be read.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<FileSystemInfo> paths)
        => [.. paths.SelectMany(path => path is DirectoryInfo ? InFolder(path.ToString()) : [path.ToString()]).DistinctBy(Path.GetFullPath)];

    private static string[] InFolder(string folder)
    {
        var found = Below(folder).ToArray();
        return found.Length > 0 ? found : throw new DirectoryNotFoundException($"{folder}: there is no image in it, that is, no file that ends in {Extensions}.");
    }

    private static IEnumerable<string> Below(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*", Skipping(FileAttributes.Hidden | FileAttributes.System))
            .Where(path => Known.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal);
        // Links to folders can lead in circles.
        var folders = Directory.EnumerateDirectories(folder, "*", Skipping(FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint))
            .Order(StringComparer.Ordinal);
        return files.Concat(folders.SelectMany(Below));
    }

    private static EnumerationOptions Skipping(FileAttributes attributes) => new() { AttributesToSkip = attributes, IgnoreInaccessible = false };
}
