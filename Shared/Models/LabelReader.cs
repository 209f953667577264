using System.Globalization;
using System.Text.Json;

namespace ClassifierFunctions.Models;

/// <summary>Reads class names, in the order of the model's scores.</summary>
internal static class LabelReader
{
    /// <summary>Reads <c>id2label</c> of a Hugging Face <c>config.json</c>; null when it has none.</summary>
    /// <exception cref="ModelFormatException">The ids are not 0, 1, 2 … without a gap.</exception>
    public static IReadOnlyList<string>? FromConfig(JsonElement config)
    {
        if (!config.TryGetProperty("id2label", out var id2Label) || id2Label.ValueKind != JsonValueKind.Object)
            return null;
        var labels = new SortedDictionary<int, string>();
        foreach (var entry in id2Label.EnumerateObject())
        {
            if (!int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || entry.Value.ValueKind != JsonValueKind.String)
                throw new ModelFormatException($"config.json: id2label has \"{entry.Name}\", which is not a class number with a name.");
            labels[id] = entry.Value.GetString()!;
        }

        return labels.Count > 0 && labels.Keys.Last() == labels.Count - 1
            ? [.. labels.Values]
            : throw new ModelFormatException("config.json: id2label must number its classes 0, 1, 2 … without a gap.");
    }

    /// <summary>Reads <c>labels.txt</c>: line i + 1 names class i.</summary>
    /// <exception cref="ModelFormatException">The file names no class.</exception>
    public static IReadOnlyList<string> FromText(string path)
    {
        var labels = File.ReadAllLines(path).Select(line => line.Trim()).ToArray();
        // Editors end a file with an empty line; an empty line in between would shift every label behind it, so it counts.
        var count = Array.FindLastIndex(labels, label => label.Length > 0) + 1;
        return count > 0 ? labels[..count] : throw new ModelFormatException($"{Path.GetFileName(path)} names no class.");
    }
}
