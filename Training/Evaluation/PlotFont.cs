using ScottPlot;

namespace ClassifierFunctions.Training.Evaluation;

/// <summary>A typeface for plots. The Skia build that the engine uses knows no installed fonts, so that a file is looked for.</summary>
internal static class PlotFont
{
    private const string Name = "plot";

    private static readonly string[] Files = ["DejaVuSans.ttf", "LiberationSans-Regular.ttf", "NotoSans-Regular.ttf", "Arial.ttf", "arial.ttf"];

    private static readonly string[] Folders =
    [
        "/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts", Environment.GetFolderPath(Environment.SpecialFolder.Fonts),
    ];

    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };

    /// <summary>Makes plots use the first font found.</summary>
    /// <returns>False when there is none: plots then have no text.</returns>
    public static bool Use()
    {
        var found = Folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.ttf", Everywhere))
            .Where(file => Files.Contains(Path.GetFileName(file)))
            .OrderBy(file => Array.IndexOf(Files, Path.GetFileName(file)))
            .FirstOrDefault();
        if (found is null)
            return false;
        // Titles ask for a bold one.
        Fonts.AddFontFile(Name, found, bold: false, italic: false);
        Fonts.AddFontFile(Name, found, bold: true, italic: false);
        (Fonts.Default, Fonts.Sans, Fonts.Monospace) = (Name, Name, Name);
        return true;
    }
}
