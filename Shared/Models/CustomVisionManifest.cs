namespace ClassifierFunctions.Models;

/// <summary>The files of an Azure Custom Vision export, as its <c>cvexport.manifest</c> names them.</summary>
/// <remarks>
/// Read from exports that people published, such as SK0628/Fire-smoke-detection (ONNX): a JSON object with <c>DomainType</c> (Classification or
/// ObjectDetection), <c>Platform</c> (ONNX, TensorFlow, CoreML, DockerFile …), <c>ModelFileName</c>, <c>LabelFileName</c>,
/// <c>MetadataPropsFileName</c> (absent in older exports) and more. Any may be missing here.
/// </remarks>
/// <param name="OnnxPath">The ONNX file.</param>
/// <param name="LabelsPath">Text with a label per line; it may not be there.</param>
/// <param name="MetadataPath">JSON; it may not be there.</param>
internal sealed record CustomVisionManifest(string OnnxPath, string LabelsPath, string MetadataPath)
{
    public const string FileName = "cvexport.manifest";

    /// <returns>Null when the folder has no manifest.</returns>
    /// <exception cref="ModelFormatException">The manifest is damaged, or of an export that is no classifier or not ONNX.</exception>
    public static CustomVisionManifest? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return null;
        using var document = JsonFile.Parse(path);
        var fields = new JsonFields(path, document.RootElement);
        if (fields.Text("DomainType") is { } domain && !domain.Equals("Classification", StringComparison.OrdinalIgnoreCase))
            throw CustomVision.NoClassifier(domain);
        if (fields.Text("Platform") is { } platform && !platform.Equals("ONNX", StringComparison.OrdinalIgnoreCase))
        {
            throw new ModelFormatException($"This is an Azure Custom Vision export for {platform}; export the iteration again, as ONNX"
                + (platform.StartsWith("TensorFlow", StringComparison.OrdinalIgnoreCase) ? ", or import its graph with ModelTool." : "."));
        }

        var onnxPath = FileIn(folder, fields, "ModelFileName", "model.onnx");
        return File.Exists(onnxPath)
            ? new(onnxPath, FileIn(folder, fields, "LabelFileName", CustomVision.LabelsFile), FileIn(folder, fields, "MetadataPropsFileName", CustomVision.MetadataFile))
            : throw fields.Wrong("ModelFileName", $"names {Path.GetFileName(onnxPath)}, which is not in the folder; copy the whole export");
    }

    // A bare name: nothing outside the folder is a part of the export.
    private static string FileIn(string folder, JsonFields fields, string name, string fallback)
        => fields.Text(name) is not { Length: > 0 } file ? Path.Combine(folder, fallback)
        : file.AsSpan().ContainsAny('/', '\\') || file is "." or ".." ? throw fields.Wrong(name, "must be the name of a file in the folder")
        : Path.Combine(folder, file);
}
