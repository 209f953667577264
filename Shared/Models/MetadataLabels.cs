namespace ClassifierFunctions.Models;

/// <summary>Class names in an ONNX file's metadata.</summary>
/// <remarks>
/// There is no standard. Seen in use: Ultralytics' <c>names</c>, a Python dictionary (ultralytics/ultralytics, engine/exporter.py; as a list in YOLOv5's
/// first exports), and JSON or plain text under the other keys.
/// </remarks>
internal static class MetadataLabels
{
    // The clearest first.
    private static readonly string[] Keys = ["id2label", "names", "class_names", "classnames", "class_labels", "label_names", "labels", "classes"];

    /// <param name="metadata">Keys in any case.</param>
    /// <param name="unread">A key that should hold names but does not; null when there is none.</param>
    /// <returns>The names in the order of the classes; null when no key holds any.</returns>
    public static IReadOnlyList<string>? Read(IReadOnlyDictionary<string, string> metadata, out string? unread)
    {
        unread = null;
        foreach (var key in Keys.Where(metadata.ContainsKey))
        {
            // Such words may stand for anything ("classes": "80"), so what is no list of names is passed over, and told only if nothing else names the classes.
            if (Names(metadata[key].Trim()) is { } names)
                return names;
            unread ??= key;
        }

        return null;
    }

    private static IReadOnlyList<string>? Names(string text)
    {
        if (text.Length == 0 || "[({".Contains(text[0], StringComparison.Ordinal))
            return LiteralNames.Read(text);
        // Lines may have commas in them, as ImageNet's names do.
        var names = text.Split(text.Contains('\n', StringComparison.Ordinal) ? '\n' : ',', StringSplitOptions.TrimEntries);
        return names.Length > 1 && names.All(name => name.Length > 0) ? names : null;
    }
}
