using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Models;

/// <summary>
/// What a model's metadata says about the image that it takes: the <c>Image.…</c> keys of onnx/onnx, docs/MetadataProps.md, which Windows ML and
/// Azure Custom Vision go by. Keys and values in any case.
/// </summary>
internal static class ImageMetadata
{
    private const string PixelFormat = "Image.BitmapPixelFormat";
    private const string PixelRange = "Image.NominalPixelRange";
    private const string Gamma = "Image.ColorSpaceGamma";

    /// <summary>Whether the metadata says which values pixels have.</summary>
    public static bool HasRange(IReadOnlyDictionary<string, string> metadata) => metadata.ContainsKey(PixelRange);

    /// <summary>The preprocessing with the channel order and the range of values that the metadata gives; what it leaves out stays.</summary>
    /// <exception cref="ModelFormatException">It asks for what is not done here, or contradicts the graph.</exception>
    public static PreprocessorConfig Apply(IReadOnlyDictionary<string, string> metadata, ModelInput input, PreprocessorConfig config)
    {
        if (metadata.TryGetValue(Gamma, out var gamma) && !Is(gamma, "SRGB"))
            throw Unsupported(Gamma, gamma);
        if (metadata.TryGetValue(PixelFormat, out var format))
        {
            var channels = Is(format, "Gray8") ? 1 : Is(format, "Rgb8") || Is(format, "Bgr8") ? 3 : throw Unsupported(PixelFormat, format);
            if (channels != input.Channels)
                throw new ModelFormatException($"{PixelFormat} in the model's metadata is {format}, but input {input.Name} has {input.Channels} channels.");
            config = config with { FlipChannelOrder = Is(format, "Bgr8") };
        }

        if (!metadata.TryGetValue(PixelRange, out var range))
            return config;
        return Is(range, "NominalRange_0_255") ? config with { RescaleFactor = 1, Mean = null, Std = null }
            : Is(range, "Normalized_0_1") ? config with { RescaleFactor = 1.0 / 255, Mean = null, Std = null }
            // -1 to 1.
            : Is(range, "Normalized_1_1") ? config with { RescaleFactor = 1 / 127.5, Mean = [1], Std = [1] }
            : throw Unsupported(PixelRange, range);
    }

    private static bool Is(string value, string name) => value.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static ModelFormatException Unsupported(string key, string value)
        => new($"{key} in the model's metadata is {value}, which is not supported; add a preprocessor_config.json that says what the model gets.");
}
