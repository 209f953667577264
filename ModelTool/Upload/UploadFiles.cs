using ClassifierFunctions.ModelTool.Images;

namespace ClassifierFunctions.ModelTool.Upload;

/// <summary>Finds the files of a batch and gives them their names.</summary>
internal static class UploadFiles
{
    /// <summary>Of a folder, names begin with the folder's own, as <c>cp -r</c> has it: two folders stay apart.</summary>
    /// <exception cref="IOException">A folder cannot be read, or there is no image in it.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder must not be read.</exception>
    public static IReadOnlyList<UploadFile> Find(IReadOnlyList<FileSystemInfo> paths, BlobNames names)
        => [.. paths
            .SelectMany(path => ImageFiles.Find([path]).Select(file => (file, above: Above(path))))
            .DistinctBy(found => Path.GetFullPath(found.file))
            .Select((found, index) => new UploadFile(
                index,
                found.file,
                names.Take(Path.GetRelativePath(found.above, found.file).Replace(Path.DirectorySeparatorChar, '/'))))];

    private static string Above(FileSystemInfo named)
    {
        var path = Path.TrimEndingDirectorySeparator(named.FullName);
        return Path.GetDirectoryName(path) ?? path;
    }
}
