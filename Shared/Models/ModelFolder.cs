using System.Text.Json;
using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Models;

/// <summary>Reads one model folder, or one version's folder in it.</summary>
public static class ModelFolder
{
    // No classifier looks at more; beyond it, a tensor's size no longer fits what a request may take.
    private const int MaxInputSide = 4096;

    private static readonly string[] OnnxPaths = ["model.onnx", Path.Combine("onnx", "model.onnx")];

    // The second is what newer exports write, for image processor and tokenizer in one.
    private static readonly string[] PreprocessorFiles = ["preprocessor_config.json", "processor_config.json"];
    private static readonly string[] Signs = ["config.json", .. PreprocessorFiles, "labels.txt"];

    /// <summary>True when the folder holds a model, or what clearly should be one.</summary>
    public static bool IsModel(string folder)
        => Onnx(folder) is not null || Signs.Any(sign => File.Exists(Path.Combine(folder, sign)));

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
        var onnxPath = Onnx(folder) ?? throw new ModelFormatException("There is no model.onnx (nor onnx/model.onnx); export the model to ONNX.");
        if (File.Exists(Path.Combine(folder, "cvexport.manifest")))
            throw new ModelFormatException("Azure Custom Vision exports are not supported yet.");

        var graph = OnnxGraph.Read(onnxPath);
        var input = graph.ImageInput();
        var (format, labels, multiLabel) = Labels(folder);
        var preprocessorPath = PreprocessorFiles.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
        var (preprocessing, assumption) = Preprocessing(preprocessorPath, input);
        Check(preprocessing, input, Path.GetFileName(preprocessorPath) ?? "The assumed preprocessing");
        var output = graph.ScoresOutput(labels.Count);
        var activation = graph.Activation(output);
        return new ModelVersion
        {
            Model = model,
            Version = version,
            Format = format,
            OnnxPath = Path.GetFullPath(onnxPath),
            Labels = labels,
            Preprocessing = preprocessing,
            Input = input,
            Output = output,
            Activation = multiLabel && activation == OutputActivation.Softmax ? OutputActivation.Sigmoid : activation,
            Parameters = graph.Parameters,
            // Large models keep weights beside the graph: model.onnx_data, model.onnx.data.
            Bytes = Directory.EnumerateFiles(Path.GetDirectoryName(onnxPath)!, "model.onnx*").Sum(file => new FileInfo(file).Length),
            Assumption = assumption,
        };
    }

    private static string? Onnx(string folder) => OnnxPaths.Select(path => Path.Combine(folder, path)).FirstOrDefault(File.Exists);

    private static (ModelFormat Format, IReadOnlyList<string> Labels, bool MultiLabel) Labels(string folder)
    {
        var (configPath, textPath) = (Path.Combine(folder, "config.json"), Path.Combine(folder, "labels.txt"));
        if (File.Exists(configPath))
        {
            using var config = JsonFile.Parse(configPath);
            var multiLabel = config.RootElement.TryGetProperty("problem_type", out var type)
                && type.ValueKind == JsonValueKind.String && type.ValueEquals("multi_label_classification");
            if (LabelReader.FromConfig(config.RootElement) is { } labels)
                return (ModelFormat.HuggingFace, labels, multiLabel);
        }

        return File.Exists(textPath)
            ? (ModelFormat.Bare, LabelReader.FromText(textPath), false)
            : throw new ModelFormatException("There are no labels: add labels.txt with one class per line, or id2label in config.json.");
    }

    private static (PreprocessorConfig Config, string? Assumption) Preprocessing(string? path, ModelInput input)
    {
        if (path is not null)
            return (PreprocessorConfigReader.Read(path), null);
        if (input is not { Width: { } width, Height: { } height })
            throw new ModelFormatException("There is no preprocessor_config.json, and the graph does not say which size of image it wants.");
        var imageNet = PreprocessorConfig.ImageNet(width, height);
        return input.Element == TensorElement.UInt8
            ? (imageNet with { RescaleFactor = 1, Mean = null, Std = null }, "No preprocessor_config.json: ImageNet's resize and crop, and bytes as they are, are assumed.")
            : (imageNet, "No preprocessor_config.json: ImageNet preprocessing is assumed.");
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
