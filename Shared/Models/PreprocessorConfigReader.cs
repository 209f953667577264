using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Models;

/// <summary>Reads <c>preprocessor_config.json</c> as Hugging Face's image processors write it.</summary>
internal static class PreprocessorConfigReader
{
    /// <exception cref="ModelFormatException">Names the file and the field that is wrong.</exception>
    public static PreprocessorConfig Read(string path)
    {
        using var document = JsonFile.Parse(path);
        var root = new JsonFields(path, document.RootElement);
        if (root.Has("crop_pct"))
            throw root.Wrong("crop_pct", "is not supported yet; give the resized edge as size and the crop as crop_size");

        var config = new PreprocessorConfig { FlipChannelOrder = root.Bool("do_flip_channel_order", false) };
        if (root.Bool("do_resize", true))
            config = WithResize(config, root);
        if (root.Bool("do_center_crop", false))
        {
            var (width, height) = Size(root, "crop_size") ?? throw root.Wrong("crop_size", "must be a number or {height, width} when do_center_crop is true");
            config = config with { CropWidth = width, CropHeight = height };
        }

        if (root.Bool("do_rescale", true))
            config = config with { RescaleFactor = root.Number("rescale_factor", 1.0 / 255) };
        if (root.Bool("do_normalize", root.Has("image_mean")))
        {
            config = config with
            {
                Mean = root.Numbers("image_mean") ?? throw root.Wrong("image_mean", "is missing, but do_normalize is true"),
                Std = root.Numbers("image_std") ?? throw root.Wrong("image_std", "is missing, but do_normalize is true"),
            };
            if (config.Mean.Count != config.Std.Count)
                throw root.Wrong("image_std", $"has {config.Std.Count} values, but image_mean has {config.Mean.Count}");
            if (config.Std.Any(std => std <= 0))
                throw root.Wrong("image_std", "must be above 0");
        }

        return config;
    }

    private static PreprocessorConfig WithResize(PreprocessorConfig config, JsonFields root)
    {
        var resample = root.Int("resample") ?? (int)ResampleFilter.Bilinear;
        if (!Enum.IsDefined((ResampleFilter)resample))
            throw root.Wrong("resample", $"is {resample}; Pillow's codes are 0 to 5");
        config = config with { Resample = (ResampleFilter)resample };

        if (root.Object("size") is not { } size)
        {
            if (root.Int("size") is not { } edge || edge <= 0)
                throw root.Wrong("size", "must be a number, {shortest_edge} or {height, width} when do_resize is true");
            // The legacy form: processors that crop mean the shortest edge, those that do not mean a square.
            return root.Bool("do_center_crop", false)
                ? config with { ShortestEdge = edge }
                : config with { ResizeWidth = edge, ResizeHeight = edge };
        }

        if (size.Int("shortest_edge") is { } shortest && shortest > 0)
            return config with { ShortestEdge = shortest };
        var (width, height) = Size(root, "size") ?? throw root.Wrong("size", "must have shortest_edge, or height and width, above 0");
        return config with { ResizeWidth = width, ResizeHeight = height };
    }

    private static (int Width, int Height)? Size(JsonFields fields, string name)
    {
        if (fields.Object(name) is { } size)
            return size.Int("width") is { } width && size.Int("height") is { } height && width > 0 && height > 0 ? (width, height) : null;
        return fields.Int(name) is { } edge && edge > 0 ? (edge, edge) : null;
    }
}
