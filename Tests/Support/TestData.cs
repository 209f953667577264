using System.Text.Json;

namespace ClassifierFunctions.Tests.Support;

/// <summary>Real models and pictures with expected results computed by others, in <c>shared/testdata</c> beside the repository.</summary>
internal static class TestData
{
    public static string Folder { get; } = Locate();

    public static string Squeezenet => System.IO.Path.Combine(Folder, "squeezenet");

    public static string Photo(string name) => System.IO.Path.Combine(Squeezenet, "photos", name);

    public static string Path(params string[] parts) => System.IO.Path.Combine([Folder, .. parts]);

    public static JsonElement Json(params string[] parts)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path(parts)));
        return document.RootElement.Clone();
    }

    private static string Locate()
    {
        var folder = System.IO.Path.GetFullPath(System.IO.Path.Combine(Repository.Root, "..", "shared", "testdata"));
        return Directory.Exists(folder) ? folder : throw new DirectoryNotFoundException($"The tests need their data in {folder}.");
    }
}
