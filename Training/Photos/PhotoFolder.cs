using System.Security.Cryptography;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.Training.Photos;

/// <summary>Reads the photos of folders.</summary>
internal static class PhotoFolder
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".webp", ".bmp"];

    // Nothing that is seen at thumbnail scale needs more pixels.
    private const int LargestShortestEdge = 960;

    // Smaller ones would be enlarged so much that they look blurred.
    private const int SmallestShortestEdge = 120;

    /// <summary>Reads every photo that lies directly in the folders, once each, in the order of their names.</summary>
    /// <param name="folders">Folders of ordinary photos.</param>
    /// <param name="decoder">Reads the files.</param>
    /// <param name="skipped">Told of each file that is not used, and why.</param>
    /// <exception cref="ArgumentException">Two photos have the same name.</exception>
    public static IReadOnlyList<Original> Read(IEnumerable<DirectoryInfo> folders, IImageDecoder decoder, Action<string> skipped)
    {
        var files = folders.SelectMany(folder => folder.EnumerateFiles())
            .Where(file => Extensions.Contains(file.Extension, StringComparer.OrdinalIgnoreCase))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .ToArray();
        if (files.GroupBy(file => file.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Two photos are named {twice.Key}. Photos are split by name: give them different ones.");

        var originals = new List<Original>();
        var contents = new Dictionary<string, string>();
        foreach (var file in files)
        {
            try
            {
                var encoded = File.ReadAllBytes(file.FullName);
                var content = Convert.ToHexString(SHA256.HashData(encoded));
                // The same photo under two names could be learnt from under one and measured with under the other.
                if (!contents.TryAdd(content, file.Name))
                    skipped($"{file.Name}: the same file as {contents[content]}");
                else if (Read(encoded, decoder) is { } image)
                    originals.Add(new Original(file.Name, image));
                else
                    skipped($"{file.Name}: smaller than {SmallestShortestEdge} pixels");
            }
            catch (ClassifierException unreadable)
            {
                skipped($"{file.Name}: {unreadable.Message}");
            }
        }

        return originals;
    }

    private static RgbImage? Read(byte[] encoded, IImageDecoder decoder)
    {
        using var image = decoder.Open(encoded, CancellationToken.None);
        var shortest = Math.Min(image.Width, image.Height);
        if (shortest < SmallestShortestEdge)
            return null;
        var (width, height) = ImageReading.WithShortestEdge(image.Width, image.Height, Math.Min(shortest, LargestShortestEdge));
        return image.ReadAt(width, height, ResampleFilter.Bicubic);
    }
}
