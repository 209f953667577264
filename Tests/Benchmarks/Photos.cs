using System.Reflection;

namespace ClassifierFunctions.Benchmarks;

/// <summary>The twelve photos of <c>shared/testdata/photos</c> beside the repository.</summary>
internal static class Photos
{
    private static readonly string Folder = Path.Combine(
        typeof(Photos).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!,
        "..", "shared", "testdata", "photos");

    public static IEnumerable<string> Names => Directory.GetFiles(Folder)
        .Select(path => Path.GetFileName(path))
        .Where(name => name.EndsWith(".jpg", StringComparison.Ordinal) || name.EndsWith(".png", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));
}
