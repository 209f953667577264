using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClassifierFunctions.Models;
using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.ModelTool.Import;

/// <summary>Writes a model folder in Hugging Face's form, whole or not at all.</summary>
/// <remarks>
/// 1. Write everything into a folder beside the target. Its name begins with a dot, so that a running app ignores it.
/// 2. Read it back as the app would.
/// 3. Put it in the target's place; what was there comes back if that fails.
/// </remarks>
internal static class ModelFolderWriter
{
    // The name in a model card may be in any language.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The folder as the app reads it.</returns>
    /// <exception cref="ImportException">The target is taken, or what was made cannot be served.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public static ModelVersion Write(ModelTarget target, ModelFolderContent content, CancellationToken cancellationToken)
    {
        target.ThrowIfTaken();
        var parent = Path.GetDirectoryName(target.Path) ?? throw new ImportException($"--to {target.Path} is a whole disk; name a folder.");
        var made = CreateMissing(parent);
        var partial = Beside(target, "partial");
        try
        {
            Directory.CreateDirectory(partial);
            // :: Steps 1 and 2
            Fill(partial, target, content, cancellationToken);
            // :: Step 3
            cancellationToken.ThrowIfCancellationRequested();
            target.ThrowIfTaken();
            Replace(target, partial);
            return ModelFolder.Read(target.Model, target.Version, target.Path);
        }
        catch
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
            foreach (var folder in made.Where(folder => !Directory.EnumerateFileSystemEntries(folder).Any()))
                Directory.Delete(folder);
            throw;
        }
    }

    private static void Fill(string folder, ModelTarget target, ModelFolderContent content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        content.WriteOnnx(Path.Combine(folder, "model.onnx"));
        cancellationToken.ThrowIfCancellationRequested();
        File.WriteAllText(Path.Combine(folder, "config.json"), Config(target.Model, content).ToJsonString(Indented) + "\n");
        File.WriteAllText(Path.Combine(folder, "preprocessor_config.json"), content.PreprocessorJson);
        File.WriteAllText(Path.Combine(folder, "README.md"), content.Card(ReadBack(folder, target)));
    }

    private static ModelVersion ReadBack(string folder, ModelTarget target)
    {
        try
        {
            return ModelFolder.Read(target.Model, target.Version, folder);
        }
        catch (ModelFormatException unusable)
        {
            throw new ImportException($"What was made of this model cannot be served: {unusable.Message}", unusable);
        }
    }

    private static JsonObject Config(string model, ModelFolderContent content) => new()
    {
        ["model_type"] = model,
        ["problem_type"] = content.IsMultiLabel ? "multi_label_classification" : "single_label_classification",
        ["num_channels"] = content.Input.Channels,
        ["image_size"] = content.Input.Width == content.Input.Height ? content.Input.Width : new JsonArray(content.Input.Height, content.Input.Width),
        ["id2label"] = new JsonObject(content.Labels.Select((label, index) => KeyValuePair.Create($"{index}", (JsonNode?)label))),
        ["label2id"] = new JsonObject(content.Labels.Select((label, index) => KeyValuePair.Create(label, (JsonNode?)index))),
    };

    private static void Replace(ModelTarget target, string partial)
    {
        if (!Directory.Exists(target.Path))
        {
            Directory.Move(partial, target.Path);
            return;
        }

        var replaced = Beside(target, "replaced");
        Directory.Move(target.Path, replaced);
        try
        {
            Directory.Move(partial, target.Path);
        }
        catch
        {
            Directory.Move(replaced, target.Path);
            throw;
        }

        Directory.Delete(replaced, recursive: true);
    }

    private static string Beside(ModelTarget target, string why)
        => Path.Combine(Path.GetDirectoryName(target.Path)!, $".{Path.GetFileName(target.Path)}.{Guid.NewGuid():N}.{why}");

    /// <returns>The folders that were not there, the innermost first.</returns>
    private static List<string> CreateMissing(string folder)
    {
        var missing = new List<string>();
        for (var path = folder; path is not null && !Directory.Exists(path); path = Path.GetDirectoryName(path))
            missing.Add(path);
        Directory.CreateDirectory(folder);
        return missing;
    }
}
