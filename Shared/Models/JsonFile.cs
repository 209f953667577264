using System.Text.Json;

namespace ClassifierFunctions.Models;

/// <summary>Parses the JSON files of a model folder.</summary>
internal static class JsonFile
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <exception cref="ModelFormatException">Not JSON, or not an object.</exception>
    public static JsonDocument Parse(string path)
    {
        try
        {
            // As a stream: only so is a byte order mark skipped, which programs on Windows write.
            using var file = File.OpenRead(path);
            var document = JsonDocument.Parse(file, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw new ModelFormatException($"{Path.GetFileName(path)} is not a JSON object.");
        }
        catch (JsonException invalid)
        {
            throw new ModelFormatException($"{Path.GetFileName(path)} is not valid JSON: {invalid.Message}", invalid);
        }
    }
}
