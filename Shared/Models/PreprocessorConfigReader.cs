using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Models;

/// <summary>Reads <c>preprocessor_config.json</c>, or <c>processor_config.json</c>, as Hugging Face's image processors write it.</summary>
internal static class PreprocessorConfigReader
{
    // ConvNeXt was evaluated so: smaller inputs are cropped, larger ones see the whole image.
    private const int ConvNextWholeImageEdge = 384;
    private const double ConvNextCropShare = 224.0 / 256;
    private const double PoolFormerCropShare = 0.9;
    private const double LevitScale = 256.0 / 224;

    /// <exception cref="ModelFormatException">Names the file and the field that is wrong.</exception>
    public static PreprocessorConfig Read(string path)
    {
        using var document = JsonFile.Parse(path);
        var fields = PreprocessorFields.Open(path, document.RootElement);
        var typeField = fields.Has("image_processor_type") ? "image_processor_type" : "feature_extractor_type";
        var typeName = fields.Text(typeField);
        var type = ImageProcessorType.Of(typeName);
        if (type.Unsupported is { } why)
            throw fields.Wrong(typeField, $"is {typeName}, which {why}; that is not supported");
        type = type with { Rule = Rule(fields, type, typeName) };

        var config = new PreprocessorConfig
        {
            Resample = Resample(fields, type),
            Antialias = fields.Bool("antialias", true),
            FlipChannelOrder = fields.Bool("do_flip_channel_order", type.FlipChannelOrder),
        };
        if (!config.Antialias && config.Resample is not (ResampleFilter.Bilinear or ResampleFilter.Nearest))
            throw fields.Wrong("antialias", $"false is supported with resample 2 (bilinear) and 0 (nearest) only, but resample is {(int)config.Resample}");

        // One switch for both steps, in PoolFormer's exports from before there were two.
        var both = fields.Bool("do_resize_and_center_crop", true);
        if (fields.Bool("do_center_crop", type.CropSide is not null && both))
        {
            var (width, height) = CropSize(fields, type)
                ?? throw fields.Wrong("crop_size", "must be a number or {height, width} above 0 when do_center_crop is true");
            config = config with { CropWidth = width, CropHeight = height };
        }

        if (fields.Bool("do_resize", both))
            config = Resized(config, fields, type);
        return Scaled(config, fields, type);
    }

    private static SizeRule Rule(JsonFields fields, ImageProcessorType type, string? typeName)
    {
        if (fields.Has("do_resize_and_center_crop") && type.Rule != SizeRule.PoolFormer)
            throw fields.Wrong("do_resize_and_center_crop", "is PoolFormer's alone; give do_resize and do_center_crop");
        if (!fields.Has("crop_pct") || type.Rule is SizeRule.ConvNext or SizeRule.PoolFormer)
            return type.Rule;
        if (fields.Bool("do_center_crop", false) || fields.Has("crop_size"))
            throw fields.Wrong("crop_pct", "contradicts do_center_crop and crop_size; remove one or the other");
        return typeName is null
            ? SizeRule.ConvNext
            : throw fields.Wrong("crop_pct", $"means nothing to {typeName}; remove it, or give size and crop_size");
    }

    private static ResampleFilter Resample(JsonFields fields, ImageProcessorType type)
    {
        var resample = fields.Int("resample") ?? (int)type.Resample;
        return Enum.IsDefined((ResampleFilter)resample)
            ? (ResampleFilter)resample
            : throw fields.Wrong("resample", $"is {resample}; Pillow's codes are 0 to 5");
    }

    private static PreprocessorConfig Resized(PreprocessorConfig config, JsonFields fields, ImageProcessorType type)
    {
        var (edge, exact) = TargetSize(fields, type);
        switch (type.Rule)
        {
            case SizeRule.ConvNext:
                var side = edge ?? throw fields.Wrong("size", "must be a number or {shortest_edge} for ConvNext and crop_pct");
                if ((config.CropWidth ?? side, config.CropHeight ?? side) != (side, side))
                    throw fields.Wrong("crop_size", $"contradicts size, to which ConvNext crops: {side} x {side}");
                var beforeCrop = BeforeCrop(side, fields, ConvNextCropShare);
                return side < ConvNextWholeImageEdge
                    ? config with { ShortestEdge = beforeCrop, CropWidth = side, CropHeight = side }
                    : config with { ResizeWidth = side, ResizeHeight = side };
            case SizeRule.PoolFormer:
                // Equal sides count as the shortest edge.
                int Larger(int length) => BeforeCrop(length, fields, PoolFormerCropShare);
                return edge is null && exact.Width != exact.Height
                    ? config with { ResizeWidth = Larger(exact.Width), ResizeHeight = Larger(exact.Height) }
                    : config with { ShortestEdge = Larger(edge ?? exact.Width) };
            case SizeRule.Levit when edge is { } levitEdge:
                return config with { ShortestEdge = (int)(LevitScale * levitEdge) };
            default:
                return edge is null ? config with { ResizeWidth = exact.Width, ResizeHeight = exact.Height } : config with { ShortestEdge = edge };
        }
    }

    private static (int? Edge, (int Width, int Height) Exact) TargetSize(JsonFields fields, ImageProcessorType type)
    {
        if (fields.Object("size") is { } size)
        {
            if (size.Names.FirstOrDefault(name => name is not ("shortest_edge" or "height" or "width")) is { } other)
                throw size.Wrong(other, "is not supported; give shortest_edge, or height and width");
            var (hasEdge, hasSides) = (size.Has("shortest_edge"), size.Has("height") || size.Has("width"));
            if (hasEdge && hasSides)
                throw fields.Wrong("size", "has shortest_edge besides height and width; give one or the other");
            if (hasEdge && size.Int("shortest_edge") is { } edge && edge > 0)
                return (edge, default);
            return (null, Sides(fields, "size") ?? throw fields.Wrong("size", "must have shortest_edge, or height and width, above 0"));
        }

        var sides = Sides(fields, "size")
            ?? throw fields.Wrong("size", "must be a number, {shortest_edge} or {height, width} above 0 when do_resize is true");
        var square = fields.IsList("size")
            || fields.Bool("default_to_square", type.Square ?? (type.Rule == SizeRule.Plain && !fields.Bool("do_center_crop", false)));
        return square ? (null, sides) : (sides.Width, default);
    }

    private static (int Width, int Height)? CropSize(JsonFields fields, ImageProcessorType type)
        => fields.Has("crop_size") ? Sides(fields, "crop_size")
        // LeViT and PoolFormer cropped to size before there was crop_size.
        : type.Rule is SizeRule.Levit or SizeRule.PoolFormer && fields.Has("size") && fields.Object("size") is null ? Sides(fields, "size")
        : type.CropSide is { } side ? (side, side)
        : null;

    private static (int Width, int Height)? Sides(JsonFields fields, string name)
    {
        // Older exports have the lists of Python's tuples, whose order depends on the version; only squares are clear.
        var side = fields.Object(name) is not null ? null : fields.IsList(name) ? fields.Twice(name) : fields.Int(name);
        var (width, height) = fields.Object(name) is { } size ? (size.Int("width"), size.Int("height")) : (side, side);
        return width > 0 && height > 0 ? (width.Value, height.Value) : null;
    }

    // The length to resize to, for a crop that takes crop_pct of it.
    private static int BeforeCrop(int length, JsonFields fields, double fallback)
    {
        var share = fields.Number("crop_pct", fallback);
        if (share is <= 0 or > 1)
            throw fields.Wrong("crop_pct", "must be above 0 and at most 1");
        return length / share <= int.MaxValue ? (int)(length / share) : throw fields.Wrong("crop_pct", "is too small");
    }

    private static PreprocessorConfig Scaled(PreprocessorConfig config, JsonFields fields, ImageProcessorType type)
    {
        var rescale = fields.Bool("do_rescale", true);
        var offset = rescale && fields.Bool("rescale_offset", false);
        var normalize = fields.Bool("do_normalize", fields.Has("image_mean"));
        var includeTop = fields.Bool("include_top", type.IncludeTop);
        if (rescale)
        {
            config = config with { RescaleFactor = fields.Number("rescale_factor", 1.0 / 255) };
            if (config.RescaleFactor <= 0)
                throw fields.Wrong("rescale_factor", "must be above 0");
        }

        if (!normalize && !includeTop)
            return offset ? config with { Mean = [1], Std = [1] } : config;
        var deviations = Deviations(fields, normalize ? "do_normalize" : "include_top");
        var means = !normalize ? [.. deviations.Select(_ => 0.0)]
            : fields.Numbers("image_mean") ?? throw fields.Wrong("image_mean", "is missing, but do_normalize is true");
        if (means.Count != deviations.Count)
            throw fields.Wrong("image_std", $"has {deviations.Count} values, but image_mean has {means.Count}");
        // value - 1, then (value - mean) / std, then / std again: all of it is one mean and one deviation.
        return config with
        {
            Mean = offset ? [.. means.Select(mean => mean + 1)] : means,
            Std = normalize && includeTop ? [.. deviations.Select(std => std * std)] : deviations,
        };
    }

    private static IReadOnlyList<double> Deviations(JsonFields fields, string reason)
    {
        var deviations = fields.Numbers("image_std") ?? throw fields.Wrong("image_std", $"is missing, but {reason} is true");
        // Squares, because include_top divides twice.
        return deviations.All(std => std > 0 && std * std is > 0 and < double.PositiveInfinity)
            ? deviations
            : throw fields.Wrong("image_std", "must be above 0");
    }
}
