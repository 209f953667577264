using System.Text.Json;
using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Models;

/// <summary>Reads one model folder, or one version's folder in it.</summary>
public static class ModelFolder
{
    // No classifier looks at more; beyond it, a tensor's size no longer fits what a request may take.
    private const int MaxInputSide = 4096;

    private const string LabelsFile = "labels.txt";
    private static readonly string[] OnnxPaths = ["model.onnx", Path.Combine("onnx", "model.onnx")];
    // The second is what newer exports write, for image processor and tokenizer in one.
    private static readonly string[] PreprocessorFiles = ["preprocessor_config.json", "processor_config.json"];
    // Weights beside a graph may have any name; these are the usual ones.
    private static readonly string[] Parts = [".json", ".txt", ".manifest", ".sha256", ".data", ".bin", ".weights"];
    private static readonly string[] Signs = ["config.json", .. PreprocessorFiles, LabelsFile, CustomVisionManifest.FileName];

    /// <summary>True when the folder holds a model, or what clearly should be one.</summary>
    public static bool IsModel(string folder)
        => Onnx(folder) is not null || Signs.Any(sign => File.Exists(Path.Combine(folder, sign)));

    /// <summary>True when a file of that name may be part of a model: graph, weights, digests, labels, configuration. Logs and papers beside it are not.</summary>
    internal static bool IsPart(string fileName)
        => fileName.Contains(".onnx", StringComparison.Ordinal) || Parts.Contains(Path.GetExtension(fileName));

    /// <exception cref="ModelFormatException">The folder cannot be served; the message says why.</exception>
    public static ModelVersion Read(string model, string version, string folder)
    {
        try
        {
            return ReadChecked(model, version, folder);
        }
        catch (Exception failure) when (failure is not (ModelFormatException or OutOfMemoryException))
        {
            // Unreadable files, and content so odd that no check of ours names it: still the folder's fault.
            throw new ModelFormatException($"The folder cannot be read: {failure.Message}", failure);
        }
    }

    private static ModelVersion ReadChecked(string model, string version, string folder)
    {
        var manifest = CustomVisionManifest.Read(folder);
        var onnxPath = manifest?.OnnxPath ?? Onnx(folder)
            ?? throw new ModelFormatException("There is no model.onnx (nor onnx/model.onnx); export the model to ONNX.");
        ModelPin.Verify(onnxPath);
        var graph = OnnxGraph.Read(onnxPath);
        var metadata = CustomVision.Metadata(graph.Metadata, manifest?.MetadataPath ?? Path.Combine(folder, CustomVision.MetadataFile));
        var isCustomVision = manifest is not null || CustomVision.IsExport(metadata);
        var (configLabels, multiLabel) = Config(Path.Combine(folder, "config.json"));
        multiLabel |= isCustomVision && CustomVision.IsMultiLabel(metadata);
        var input = graph.ImageInput();
        var labels = configLabels ?? Labels(manifest?.LabelsPath ?? Path.Combine(folder, LabelsFile), graph);
        var preprocessorPath = PreprocessorFiles.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
        var (preprocessing, assumption) = preprocessorPath is not null ? (PreprocessorConfigReader.Read(preprocessorPath), null)
            : isCustomVision ? CustomVision.Preprocessing(metadata, input)
            : Assumed(metadata, input);
        Check(preprocessing, input, Path.GetFileName(preprocessorPath) ?? "The preprocessing without a preprocessor_config.json");
        var output = graph.ScoresOutput(labels.Count);
        var activation = graph.Activation(output.Name);
        return new ModelVersion
        {
            Model = model,
            Version = version,
            Format = isCustomVision ? ModelFormat.CustomVision : configLabels is not null ? ModelFormat.HuggingFace : ModelFormat.Bare,
            OnnxPath = Path.GetFullPath(onnxPath),
            Labels = labels,
            Preprocessing = preprocessing,
            Input = input,
            Output = output.Name,
            MapKeys = output.MapKeys(labels),
            Activation = multiLabel && activation == OutputActivation.Softmax ? OutputActivation.Sigmoid : activation,
            Parameters = graph.Parameters,
            Bytes = Bytes(onnxPath),
            Assumption = assumption,
        };
    }

    private static string? Onnx(string folder) => OnnxPaths.Select(path => Path.Combine(folder, path)).FirstOrDefault(File.Exists);

    // Large models keep weights beside the graph: model.onnx_data, model.onnx.data.
    private static long Bytes(string onnxPath)
        => Directory.EnumerateFiles(Path.GetDirectoryName(onnxPath)!, $"{Path.GetFileName(onnxPath)}*")
            .Where(file => !file.EndsWith(ModelPin.Extension, StringComparison.Ordinal))
            .Sum(file => new FileInfo(file).Length);

    private static (IReadOnlyList<string>? Labels, bool MultiLabel) Config(string path)
    {
        if (!File.Exists(path))
            return (null, false);
        using var config = JsonFile.Parse(path);
        var multiLabel = config.RootElement.TryGetProperty("problem_type", out var type)
            && type.ValueKind == JsonValueKind.String && type.ValueEquals("multi_label_classification");
        return (LabelReader.FromConfig(config.RootElement), multiLabel);
    }

    // What a person wrote beside the graph comes before what a program wrote into it.
    private static IReadOnlyList<string> Labels(string textPath, OnnxGraph graph)
    {
        if (File.Exists(textPath))
            return LabelReader.FromText(textPath);
        return MetadataLabels.Read(graph.Metadata, out var unread) ?? graph.MapClasses() ?? throw new ModelFormatException(
            "There are no labels: add labels.txt with one class per line, or id2label in config.json."
            + (unread is null ? "" : $" ({unread} in the ONNX file's metadata is no list of names.)"));
    }

    private static (PreprocessorConfig Config, string? Assumption) Assumed(IReadOnlyDictionary<string, string> metadata, ModelInput input)
    {
        if (input is not { Width: { } width, Height: { } height })
            throw new ModelFormatException("There is no preprocessor_config.json, and the graph does not say which size of image it wants.");
        var imageNet = PreprocessorConfig.ImageNet(width, height);
        if (ImageMetadata.HasRange(metadata))
        {
            // Windows ML, for which models have such metadata, crops to the input's shape and resizes what is left (ImageFeatureValue.cpp, CenterAndCropBounds).
            var windows = imageNet with { ShortestEdge = Math.Max(width, height) };
            return (
                ImageMetadata.Apply(metadata, input, windows),
                "No preprocessor_config.json: a resize of the shortest edge and a centre crop are assumed; the values are what the ONNX file's metadata says.");
        }

        var assumed = ImageMetadata.Apply(metadata, input, imageNet);
        return input.Element == TensorElement.UInt8
            ? (assumed with { RescaleFactor = 1, Mean = null, Std = null }, "No preprocessor_config.json: ImageNet's resize and crop, and bytes as they are, are assumed.")
            : (assumed, "No preprocessor_config.json: ImageNet preprocessing is assumed.");
    }

    private static void Check(PreprocessorConfig config, ModelInput input, string file)
    {
        if (config.OutputSize is not { } size)
            throw new ModelFormatException($"{file} gives no fixed size: set do_center_crop and crop_size, or size to {{height, width}}.");
        if (Math.Max(size.Width, size.Height) > MaxInputSide)
            throw new ModelFormatException($"{file} makes images of {size.Width} x {size.Height} pixels; at most {MaxInputSide} a side are supported.");
        if (size.Width != (input.Width ?? size.Width) || size.Height != (input.Height ?? size.Height))
        {
            throw new ModelFormatException(
                $"{file} makes images of {size.Width} x {size.Height} pixels, but the graph wants {input.Width} x {input.Height}.");
        }

        if (input.Element == TensorElement.UInt8 && (config.RescaleFactor != 1 || config.Mean is not null))
            throw new ModelFormatException($"{file} rescales or normalises, but the graph takes whole bytes (uint8).");
    }
}
