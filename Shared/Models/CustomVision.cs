using System.Globalization;
using System.Text.Json;
using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Models;

/// <summary>The preprocessing of Azure Custom Vision's ONNX exports.</summary>
/// <remarks>
/// As Microsoft's own program for them does it (Azure-Samples/customvision-export-samples, samples/python/onnx/classification/predict.py): the
/// image is stretched to the input's size with Pillow's default filter (bicubic), channels are BGR if <c>Image.BitmapPixelFormat</c> is Bgr8, and
/// values are divided by 255 unless <c>Image.NominalPixelRange</c> is NominalRange_0_255. The keys are in the ONNX file and in
/// <c>metadata_properties.json</c> (UzairChaudhary/plant-disease-detection has a real one).
/// </remarks>
internal static class CustomVision
{
    public const string LabelsFile = "labels.txt";
    public const string MetadataFile = "metadata_properties.json";
    private const string Prefix = "CustomVision.";
    private const string Method = Prefix + "Postprocess.Method";
    private const string Stretch = "Stretch";
    private const string ResizeMethod = Prefix + "Preprocess.ResizeMethod";

    /// <summary>The ONNX file's metadata and, where that has no such key, the file's.</summary>
    /// <exception cref="ModelFormatException">The file is not a JSON object.</exception>
    public static IReadOnlyDictionary<string, string> Metadata(IReadOnlyDictionary<string, string> ofOnnx, string path)
    {
        if (!File.Exists(path))
            return ofOnnx;
        var all = new Dictionary<string, string>(ofOnnx, StringComparer.OrdinalIgnoreCase);
        using var document = JsonFile.Parse(path);
        foreach (var property in document.RootElement.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.String))
            all.TryAdd(property.Name, property.Value.GetString()!);
        return all;
    }

    /// <summary>Whether metadata is that of an export.</summary>
    public static bool IsExport(IReadOnlyDictionary<string, string> metadata)
        => metadata.Keys.Any(key => key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the project is one of independent tags: ClassificationMultiLabel, where others are ClassificationMultiClass.</summary>
    /// <exception cref="ModelFormatException">The method is not one of classifiers.</exception>
    public static bool IsMultiLabel(IReadOnlyDictionary<string, string> metadata)
        => Value(metadata, Method) is { } method
            && (method.StartsWith("Classification", StringComparison.OrdinalIgnoreCase)
                ? method.Contains("MultiLabel", StringComparison.OrdinalIgnoreCase)
                : throw NoClassifier(method));

    /// <summary>The preprocessing, and what was assumed.</summary>
    /// <exception cref="ModelFormatException">The metadata asks for what is not done here.</exception>
    public static (PreprocessorConfig Config, string? Assumption) Preprocessing(IReadOnlyDictionary<string, string> metadata, ModelInput input)
    {
        Neutral(metadata, "NormalizeMean", 0);
        Neutral(metadata, "NormalizeStd", 1);
        var config = new PreprocessorConfig
        {
            ResizeWidth = input.Width ?? Side(metadata, "TargetWidth"),
            ResizeHeight = input.Height ?? Side(metadata, "TargetHeight"),
            Resample = ResampleFilter.Bicubic,
            RescaleFactor = 1.0 / 255,
        };
        var method = Value(metadata, ResizeMethod) ?? Stretch;
        // Where the export does not say it, this is what Microsoft's program does.
        var assumption = !ImageMetadata.HasRange(metadata) ? "The export's metadata gives no range of values: 0 to 1 is assumed."
            : !method.Equals(Stretch, StringComparison.OrdinalIgnoreCase) ? $"{ResizeMethod} is {method}, but images are stretched to the input's size."
            : null;
        return (ImageMetadata.Apply(metadata, input, config), assumption);
    }

    public static ModelFormatException NoClassifier(string kind)
        => new($"This Azure Custom Vision export is no classifier but {kind}: it has no score per image and label. "
            + "Make a project of type Classification with a compact domain, and export that as ONNX.");

    private static int Side(IReadOnlyDictionary<string, string> metadata, string name)
        => int.TryParse(Value(metadata, $"{Prefix}Preprocess.{name}"), NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side > 0
            ? side
            : throw new ModelFormatException($"Neither the graph nor {Prefix}Preprocess.{name} says which size of image the model wants.");

    // Exports have zeros and ones here, and Microsoft's program does not look; in other hands the unit is anyone's guess.
    private static void Neutral(IReadOnlyDictionary<string, string> metadata, string name, double neutral)
    {
        if (Value(metadata, $"{Prefix}Preprocess.{name}")?.Trim('[', ']', ' ') is { Length: > 0 } list
            && list.Split(',').Any(text => !double.TryParse(text, CultureInfo.InvariantCulture, out var value) || value != neutral))
        {
            throw new ModelFormatException(
                $"{Prefix}Preprocess.{name} is [{list}], which is not supported; add a preprocessor_config.json that says what the model gets.");
        }
    }

    // Some exports write null as text.
    private static string? Value(IReadOnlyDictionary<string, string> metadata, string key)
        => metadata.GetValueOrDefault(key) is { Length: > 0 } value && value != "null" ? value : null;
}
