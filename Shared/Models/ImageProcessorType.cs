using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Models;

/// <summary>What a class of Hugging Face's image processors does when <c>preprocessor_config.json</c> leaves a field out.</summary>
/// <param name="Prefix">Start of the class's name, which ends in ImageProcessor, ImageProcessorFast or FeatureExtractor.</param>
/// <param name="Resample">Filter when <c>resample</c> is absent.</param>
/// <param name="Square">True when a number as <c>size</c> means a square, false when the shortest edge, null when the crop decides.</param>
/// <param name="CropSide">Side of the centre crop when <c>crop_size</c> is absent; null when there is no centre crop unless asked.</param>
/// <param name="Rule">How <c>size</c> becomes the size to resize to.</param>
internal sealed record ImageProcessorType(
    string Prefix, ResampleFilter Resample = ResampleFilter.Bilinear, bool? Square = null, int? CropSide = null, SizeRule Rule = SizeRule.Plain)
{
    // The defaults are those of the classes' constructors in transformers.
    private static readonly ImageProcessorType[] Known =
    [
        new("ConvNext", ResampleFilter.Bicubic, Square: false, Rule: SizeRule.ConvNext),
        new("PoolFormer", ResampleFilter.Bicubic, Square: false, CropSide: 224, Rule: SizeRule.PoolFormer),
        new("Levit", ResampleFilter.Bicubic, Square: false, CropSide: 224, Rule: SizeRule.Levit),
        new("EfficientNet", ResampleFilter.Nearest, Square: true) { IncludeTop = true },
        new("EfficientFormer", ResampleFilter.Bicubic, Square: true, CropSide: 224),
        new("DeiT", ResampleFilter.Bicubic, Square: true, CropSide: 224),
        new("Beit", ResampleFilter.Bicubic, Square: true, CropSide: 224),
        new("Bit", ResampleFilter.Bicubic, Square: false, CropSide: 224),
        new("ViTHybrid", ResampleFilter.Bicubic, Square: false, CropSide: 224),
        new("CLIP", ResampleFilter.Bicubic, Square: false, CropSide: 224),
        new("ChineseCLIP", ResampleFilter.Bicubic, Square: false, CropSide: 224),
        new("Siglip", ResampleFilter.Bicubic, Square: true),
        new("MobileNetV", Square: false, CropSide: 224),
        new("MobileViT", Square: false, CropSide: 256) { FlipChannelOrder = true },
        new("Perceiver") { Unsupported = "crops before it resizes" },
        new("ImageGPT") { Unsupported = "turns pixels into colour clusters" },
    ];

    /// <summary>Whether the values are divided by <c>image_std</c> once more when <c>include_top</c> is absent.</summary>
    public bool IncludeTop { get; private init; }

    /// <summary>Whether the model gets BGR when <c>do_flip_channel_order</c> is absent.</summary>
    public bool FlipChannelOrder { get; private init; }

    /// <summary>What the class does that cannot be expressed here; null when there is no such thing.</summary>
    public string? Unsupported { get; private init; }

    /// <param name="name">A class's name; null when the file gives none.</param>
    /// <returns>The class's defaults; those of most classes when the name is not known.</returns>
    public static ImageProcessorType Of(string? name)
        => Known.FirstOrDefault(type => name?.StartsWith(type.Prefix, StringComparison.OrdinalIgnoreCase) == true) ?? new("");
}
