using ClassifierFunctions.Training.Degradations;

namespace ClassifierFunctions.Training.Photos;

/// <summary>A photo that was bad when it was taken, as people judged it.</summary>
internal sealed record NaturalPhoto(FileInfo File, Quality Quality)
{
    // By name: Enum.TryParse would take numbers, too, even those of no class.
    private static readonly Dictionary<string, Quality> Bad = Enum.GetValues<Quality>().Where(quality => quality != Quality.Good)
        .ToDictionary(quality => quality.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a list: lines of a file name, a comma, and what is wrong with the photo. Lines that begin with # are comments.</summary>
    /// <param name="list">The list; null for none.</param>
    /// <param name="folders">Where the photos lie.</param>
    /// <exception cref="ArgumentException">A line of another form.</exception>
    /// <remarks>Photos of the list that are in none of the folders are left out: the list may be for more folders than are used.</remarks>
    public static IReadOnlyList<NaturalPhoto> Read(FileInfo? list, IEnumerable<DirectoryInfo> folders)
    {
        if (list is null)
            return [];
        var photos = new List<NaturalPhoto>();
        foreach (var line in System.IO.File.ReadLines(list.FullName).Where(line => line.Length > 0 && !line.StartsWith('#')))
        {
            if (line.Split(',') is not [var name, var word] || !Bad.TryGetValue(word.Trim(), out var quality))
                throw new ArgumentException($"{list.Name}: \"{line}\" is not a file name, a comma, and one of blurred, dark, overexposed, noisy.");
            photos.AddRange(folders.Select(folder => new FileInfo(Path.Combine(folder.FullName, name.Trim()))).Where(file => file.Exists).Take(1)
                .Select(file => new NaturalPhoto(file, quality)));
        }

        return photos;
    }
}
