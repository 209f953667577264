using ClassifierFunctions.Imaging;
using ClassifierFunctions.Models;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Models;

// Expected values: by hand, from the image processors in transformers (image_processing_<model>.py, and feature_extraction_<model>.py for old files).
public sealed class PreprocessorConfigReaderTests
{
    private const string ImageNetMeanStd = "\"image_mean\": [0.485, 0.456, 0.406], \"image_std\": [0.229, 0.224, 0.225]";
    private const string HalfMeanStd = "\"image_mean\": [0.5, 0.5, 0.5], \"image_std\": [0.5, 0.5, 0.5]";

    [Fact]
    public void Read_Squeezenet_GivesItsFields()
    {
        var config = PreprocessorConfigReader.Read(TestData.Path("squeezenet", "preprocessor_config.json"));

        Assert.Equal((256, ResampleFilter.Bilinear, 224, 224), (config.ShortestEdge, config.Resample, config.CropWidth, config.CropHeight));
        Assert.Equal([123, 117, 104], config.Mean!);
        Assert.Equal([1, 1, 1], config.Std!);
        Assert.Equal((1, true, true), (config.RescaleFactor, config.FlipChannelOrder, config.Antialias));
    }

    // Steps and sizes as published; CLIP's own mean and deviation are left out, because nothing here looks at them.
    // Columns: shortest edge or exact size, crop, filter.
    [Theory]
    // google/vit-base-patch16-224: ViT takes a number as a square.
    [InlineData($$"""{"do_normalize": true, "do_resize": true, {{HalfMeanStd}}, "resample": 2, "size": 224}""", "224x224", null, 2)]
    // The same, typed, as newer versions write it: everything the class has, much of it null.
    [InlineData($$"""
        {"crop_size": null, "data_format": "channels_first", "default_to_square": true, "device": null, "disable_grouping": null, "do_center_crop": null,
         "do_convert_rgb": null, "do_normalize": true, "do_pad": null, "do_rescale": true, "do_resize": true, {{HalfMeanStd}}, "image_processor_type":
         "ViTImageProcessorFast", "input_data_format": null, "pad_size": null, "resample": 2, "rescale_factor": 0.00392156862745098, "return_tensors": null,
         "size": {"height": 224, "width": 224} }
        """, "224x224", null, 2)]
    // facebook/convnext-tiny-224 and microsoft/resnet-50: int(224 / 0.875) = 256, then 224 x 224.
    [InlineData($$"""{"crop_pct": 0.875, "do_normalize": true, "do_resize": true, "feature_extractor_type": "ConvNextFeatureExtractor", {{ImageNetMeanStd}}, "resample": 3, "size": 224}""", "256", "224x224", 3)]
    // facebook/convnext-base-384: from 384 on, stretched, no crop.
    [InlineData($$"""{"crop_pct": null, "do_normalize": true, "do_resize": true, "feature_extractor_type": "ConvNextFeatureExtractor", {{ImageNetMeanStd}}, "resample": 3, "size": 384}""", "384x384", null, 3)]
    // sail/poolformer_s12: int(224 / 0.9) = int(248.9).
    [InlineData($$"""{"crop_pct": 0.9, "do_normalize": true, "do_resize_and_center_crop": true, "feature_extractor_type": "PoolFormerFeatureExtractor", {{ImageNetMeanStd}}, "resample": 3, "size": 224}""", "248", "224x224", 3)]
    // facebook/levit-128S: int(256 / 224 * 224); cropped to size, from before there was crop_size.
    [InlineData($$"""{"do_center_crop": true, "do_normalize": true, "do_resize": true, "feature_extractor_type": "LevitFeatureExtractor", {{ImageNetMeanStd}}, "resample": 3, "size": 224}""", "256", "224x224", 3)]
    // google/efficientnet-b0: crop_size is there, but do_center_crop is false.
    [InlineData("""
        {"crop_size": {"height": 289, "width": 289}, "do_center_crop": false, "do_normalize": true, "do_rescale": true, "do_resize": true,
         "image_mean": [0.485, 0.456, 0.406], "image_processor_type": "EfficientNetImageProcessor", "image_std": [0.47853944, 0.4732864, 0.47434163],
         "include_top": true, "resample": 0, "rescale_factor": 0.00392156862745098, "rescale_offset": false, "size": {"height": 224, "width": 224}}
        """, "224x224", null, 0)]
    // apple/mobilevit-small: shortest edge, because of the type.
    [InlineData("""{"crop_size": 256, "do_center_crop": true, "do_flip_channel_order": true, "do_resize": true, "feature_extractor_type": "MobileViTFeatureExtractor", "resample": 2, "size": 288}""", "288", "256x256", 2)]
    // google/mobilenet_v2_1.0_224: a FeatureExtractor's name as image_processor_type.
    [InlineData($$"""
        {"crop_size": {"height": 224, "width": 224}, "do_center_crop": true, "do_normalize": true, "do_rescale": true, "do_resize": true, {{HalfMeanStd}},
         "image_processor_type": "MobileNetV2FeatureExtractor", "resample": 2, "rescale_factor": 0.00392156862745098, "size": {"shortest_edge": 256} }
        """, "256", "224x224", 2)]
    // facebook/dinov2-base.
    [InlineData($$"""
        {"crop_size": {"height": 224, "width": 224}, "do_center_crop": true, "do_convert_rgb": true, "do_normalize": true, "do_rescale": true,
         "do_resize": true, {{ImageNetMeanStd}}, "image_processor_type": "BitImageProcessor", "resample": 3, "rescale_factor": 0.00392156862745098,
         "size": {"shortest_edge": 256} }
        """, "256", "224x224", 3)]
    // facebook/deit-base-distilled-patch16-224: a number is a square for DeiT, even with a crop.
    [InlineData($$"""{"crop_size": 224, "do_center_crop": true, "do_normalize": true, "do_resize": true, "feature_extractor_type": "DeiTFeatureExtractor", {{ImageNetMeanStd}}, "resample": 3, "size": 256}""", "256x256", "224x224", 3)]
    // microsoft/beit-base-patch16-224.
    [InlineData($$"""{"crop_size": 224, "do_center_crop": false, "do_normalize": true, "do_resize": true, "feature_extractor_type": "BeitFeatureExtractor", {{HalfMeanStd}}, "reduce_labels": false, "resample": 2, "size": 224}""", "224x224", null, 2)]
    // openai/clip-vit-base-patch32.
    [InlineData($$"""{"crop_size": 224, "do_center_crop": true, "do_normalize": true, "do_resize": true, "feature_extractor_type": "CLIPFeatureExtractor", {{HalfMeanStd}}, "resample": 3, "size": 224}""", "224", "224x224", 3)]
    public void Read_PublishedFile_ResizesAndCropsAsItsClass(string json, string resize, string? crop, int resample)
        => AssertSizes(Read(json), resize, crop, resample);

    [Theory]
    // ConvNext: crop_pct is 224/256 when null or absent: int(288 / 0.875) = int(329.1); int(383 / 0.875) = int(437.7).
    [InlineData("""{"feature_extractor_type": "ConvNextFeatureExtractor", "size": 288, "crop_pct": null}""", "329", "288x288", 3)]
    [InlineData("""{"image_processor_type": "ConvNextImageProcessorFast", "size": {"shortest_edge": 383}, "resample": 2}""", "437", "383x383", 2)]
    // 256 / 0.95 = 269.47; a crop to size itself says nothing new.
    [InlineData("""{"image_processor_type": "ConvNextImageProcessor", "size": {"shortest_edge": 256}, "crop_pct": 0.95, "do_center_crop": true, "crop_size": 256}""", "269", "256x256", 3)]
    [InlineData("""{"image_processor_type": "ConvNextImageProcessor", "size": {"shortest_edge": 224}, "crop_pct": 1, "resample": 3}""", "224", "224x224", 3)]
    // Without a type, crop_pct alone means ConvNext.
    [InlineData("""{"size": 224, "crop_pct": 0.875}""", "256", "224x224", 2)]
    // PoolFormer: 0.9 when absent; int(256 / 0.95) = int(269.5); sides that differ are divided each: int(200 / 0.8), int(100 / 0.8).
    [InlineData("""{"image_processor_type": "PoolFormerImageProcessor", "size": {"shortest_edge": 224}}""", "248", "224x224", 3)]
    [InlineData("""{"image_processor_type": "PoolFormerImageProcessor", "size": {"height": 256, "width": 256}, "crop_pct": 0.95, "crop_size": 240}""", "269", "240x240", 3)]
    [InlineData("""{"image_processor_type": "PoolFormerImageProcessor", "size": {"height": 100, "width": 200}, "crop_pct": 0.8, "do_center_crop": false}""", "250x125", null, 3)]
    [InlineData("""{"feature_extractor_type": "PoolFormerFeatureExtractor", "size": 256, "crop_pct": 0.8, "do_resize_and_center_crop": true}""", "320", "256x256", 3)]
    [InlineData("""{"feature_extractor_type": "PoolFormerFeatureExtractor", "do_resize_and_center_crop": false}""", null, null, 3)]
    // LeViT: int(256 / 224 * 192) = int(219.4); height and width are taken as they are.
    [InlineData("""{"image_processor_type": "LevitImageProcessor", "size": {"shortest_edge": 192}, "crop_size": {"height": 180, "width": 190}}""", "219", "190x180", 3)]
    [InlineData("""{"image_processor_type": "LevitImageProcessor", "size": {"height": 240, "width": 250}}""", "250x240", "224x224", 3)]
    // Defaults of classes: filter, crop, what a number means.
    [InlineData("""{"image_processor_type": "BitImageProcessor", "size": 256}""", "256", "224x224", 3)]
    [InlineData("""{"image_processor_type": "DeiTImageProcessor", "size": 256}""", "256x256", "224x224", 3)]
    [InlineData("""{"image_processor_type": "BeitImageProcessor", "size": 256, "do_center_crop": false}""", "256x256", null, 3)]
    [InlineData("""{"image_processor_type": "CLIPImageProcessor", "size": 336, "crop_size": 336}""", "336", "336x336", 3)]
    [InlineData("""{"image_processor_type": "SiglipImageProcessor", "size": {"height": 224, "width": 224}}""", "224x224", null, 3)]
    [InlineData("""{"image_processor_type": "EfficientNetImageProcessor", "size": 300, "include_top": false}""", "300x300", null, 0)]
    [InlineData("""{"image_processor_type": "MobileNetV1ImageProcessor", "size": 256}""", "256", "224x224", 2)]
    [InlineData("""{"image_processor_type": "ViTImageProcessor", "size": 224}""", "224x224", null, 2)]
    // default_to_square wins over the class, and over the crop.
    [InlineData("""{"image_processor_type": "BitImageProcessor", "size": 256, "default_to_square": true}""", "256x256", "224x224", 3)]
    [InlineData("""{"image_processor_type": "DeiTImageProcessor", "size": 256, "default_to_square": false}""", "256", "224x224", 3)]
    [InlineData("""{"size": 256, "default_to_square": false}""", "256", null, 2)]
    // Without a type, a crop makes a number the shortest edge.
    [InlineData("""{"size": 256, "do_center_crop": true, "crop_size": 224, "resample": 5}""", "256", "224x224", 5)]
    [InlineData("""{"size": [200, 200], "do_center_crop": true, "crop_size": [180, 180], "resample": 4}""", "200x200", "180x180", 4)]
    [InlineData("""{"do_resize": false, "do_center_crop": true, "crop_size": {"height": 10, "width": 20}}""", null, "20x10", 2)]
    public void Read_FieldsLeftOut_TakesTheDefaultsOfTheClass(string json, string? resize, string? crop, int resample)
        => AssertSizes(Read(json), resize, crop, resample);

    [Fact]
    public void Read_MobileViT_FlipsByDefaultAndDoesNotNormalise()
    {
        var config = Read("""{"image_processor_type": "MobileViTImageProcessor", "size": {"shortest_edge": 288}}""");

        Assert.Equal((true, 256, 1.0 / 255, null), (config.FlipChannelOrder, config.CropWidth, config.RescaleFactor, config.Mean));
        Assert.False(Read("""{"image_processor_type": "MobileViTImageProcessor", "size": 288, "do_flip_channel_order": false}""").FlipChannelOrder);
    }

    [Theory]
    // (value - mean) / std / std; the second time with mean 0.
    [InlineData("", 0.00392156862745098, 0.5, 0.25)]
    [InlineData(""", "include_top": false""", 0.00392156862745098, 0.5, 0.5)]
    // value - 1 before the mean.
    [InlineData(""", "rescale_offset": true, "rescale_factor": 0.00784313725490196, "include_top": false""", 0.00784313725490196, 1.5, 0.5)]
    [InlineData(""", "rescale_offset": true""", 0.00392156862745098, 1.5, 0.25)]
    // rescale_offset belongs to do_rescale.
    [InlineData(""", "rescale_offset": true, "do_rescale": false""", 1, 0.5, 0.25)]
    // include_top does not depend on do_normalize.
    [InlineData(""", "do_normalize": false""", 0.00392156862745098, 0, 0.5)]
    [InlineData(""", "do_normalize": false, "rescale_offset": true""", 0.00392156862745098, 1, 0.5)]
    // kakaobrain/align-base: bytes to -1 to 1, no more.
    [InlineData(""", "do_normalize": false, "rescale_offset": true, "rescale_factor": 0.00784313725490196, "include_top": false""", 0.00784313725490196, 1, 1)]
    public void Read_EfficientNet_FoldsItsStepsIntoOneMeanAndDeviation(string more, double factor, double mean, double std)
    {
        var config = Read($$"""{"image_processor_type": "EfficientNetImageProcessor", "size": 224, {{HalfMeanStd}}{{more}}}""");

        Assert.Equal(factor, config.RescaleFactor, 1e-15);
        Assert.All(config.Mean!, value => Assert.Equal(mean, value, 1e-15));
        Assert.All(config.Std!, value => Assert.Equal(std, value, 1e-15));
        Assert.Equal(config.Mean!.Count, config.Std!.Count);
    }

    [Fact]
    public void Read_DoNormalizeFalse_LeavesMeanAndDeviationOut()
    {
        var config = Read($$"""{"size": 224, {{ImageNetMeanStd}}, "do_normalize": false, "do_rescale": false}""");

        Assert.Equal((1, null, null), (config.RescaleFactor, config.Mean, config.Std));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(""", "antialias": true, "resample": 3""", true)]
    [InlineData(""", "antialias": false""", false)]
    [InlineData(""", "antialias": false, "resample": 0""", false)]
    public void Read_Antialias_IsOnUnlessSwitchedOff(string more, bool expected) => Assert.Equal(expected, Read($$"""{"size": 224{{more}}}""").Antialias);

    [Fact]
    public void Read_NestedImageProcessor_IsReadAndTheRestIsNot()
    {
        var config = Read(
            $$"""
            {"image_processor": {"image_processor_type": "CLIPImageProcessor", "size": {"shortest_edge": 256, "height": null}, {{ImageNetMeanStd}}},
             "image_seq_length": 196, "patch_size": 16, "processor_class": "CLIPProcessor", "size": null, "tokenizer": {"size": 7} }
            """,
            "processor_config.json");

        AssertSizes(config, "256", "224x224", 3);
        Assert.Equal([0.485, 0.456, 0.406], config.Mean!);
    }

    [Theory]
    [InlineData("""{"image_processor": {"size": 9}, "do_resize": false}""", "processor_config.json: do_resize stands beside image_processor")]
    [InlineData("""{"image_processor": {"size": 9}, "do_pad": false}""", "processor_config.json: do_pad stands beside image_processor")]
    [InlineData("""{"image_processor": {"size": {"longest_edge": 9}}}""", "processor_config.json: image_processor.size.longest_edge is not supported")]
    [InlineData("""{"image_processor": "CLIP"}""", "processor_config.json: image_processor must be an object")]
    [InlineData("""{"processor_class": "CLIPProcessor"}""", "processor_config.json: size must be a number")]
    public void Read_WrongNestedField_NamesFileAndField(string json, string expected)
        => Assert.StartsWith(expected, Assert.Throws<ModelFormatException>(() => Read(json, "processor_config.json")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"size": 224, "resample": 9}""", "resample is 9")]
    [InlineData("""{"size": 224, "resample": {}}""", "resample must be a whole number")]
    [InlineData("""{"size": "big"}""", "size must be a whole number")]
    [InlineData("""{"size": [224, 256]}""", "size as a list must be the same whole number twice")]
    [InlineData("""{"size": [224]}""", "size as a list must be the same whole number twice")]
    [InlineData("""{"size": {"longest_edge": 3}}""", "size.longest_edge is not supported; give shortest_edge, or height and width")]
    [InlineData("""{"size": {"shortest_edge": 3, "longest_edge": 5}}""", "size.longest_edge is not supported")]
    [InlineData("""{"size": {"shortest_edge": 3, "width": 5}}""", "size has shortest_edge besides height and width")]
    [InlineData("""{"size": {"shortest_edge": 0}}""", "size must have shortest_edge, or height and width, above 0")]
    [InlineData("""{"size": {"height": 3}}""", "size must have shortest_edge, or height and width, above 0")]
    [InlineData("""{"size": {"height": 3, "width": -3}}""", "size must have shortest_edge, or height and width, above 0")]
    [InlineData("""{"size": {"height": 3, "width": 2.5}}""", "size.width must be a whole number")]
    [InlineData("""{}""", "size must be a number")]
    [InlineData("""{"size": 0}""", "size must be a number")]
    [InlineData("""{"size": 9, "do_center_crop": true}""", "crop_size must be")]
    [InlineData("""{"size": 9, "do_center_crop": true, "crop_size": 0}""", "crop_size must be")]
    [InlineData("""{"size": 9, "do_center_crop": true, "crop_size": {"shortest_edge": 9}}""", "crop_size must be")]
    [InlineData("""{"size": 9, "do_resize": "yes"}""", "do_resize must be true or false")]
    [InlineData("""{"size": 9, "rescale_factor": 0}""", "rescale_factor must be above 0")]
    [InlineData("""{"size": 9, "rescale_factor": 1e999}""", "rescale_factor must be finite")]
    [InlineData("""{"size": 9, "do_normalize": true}""", "image_std is missing, but do_normalize is true")]
    [InlineData("""{"size": 9, "do_normalize": true, "image_std": 1}""", "image_mean is missing, but do_normalize is true")]
    [InlineData("""{"size": 9, "include_top": true}""", "image_std is missing, but include_top is true")]
    [InlineData("""{"size": 9, "image_mean": [0, 0], "image_std": [1, 1, 1]}""", "image_mean must have 1 or 3 values")]
    [InlineData("""{"size": 9, "image_mean": [0, "0", 0], "image_std": [1, 1, 1]}""", "image_mean must be a number")]
    [InlineData("""{"size": 9, "image_mean": "0", "image_std": [1, 1, 1]}""", "image_mean must be a list of numbers")]
    [InlineData("""{"size": 9, "image_mean": [0, 0, -1e999], "image_std": [1, 1, 1]}""", "image_mean must be finite")]
    [InlineData("""{"size": 9, "image_mean": [0, 0, 0], "image_std": [1]}""", "image_std has 1 values")]
    [InlineData("""{"size": 9, "image_mean": [0], "image_std": [0]}""", "image_std must be above 0")]
    [InlineData("""{"size": 9, "image_mean": [0], "image_std": [-1]}""", "image_std must be above 0")]
    [InlineData("""{"size": 9, "image_mean": [0], "image_std": [1e-200]}""", "image_std must be above 0")]
    [InlineData("""{"size": 9, "crop_pct": 0}""", "crop_pct must be above 0 and at most 1")]
    [InlineData("""{"size": 9, "crop_pct": 1.1}""", "crop_pct must be above 0 and at most 1")]
    [InlineData("""{"size": 384, "crop_pct": 90, "image_processor_type": "ConvNextImageProcessor"}""", "crop_pct must be above 0 and at most 1")]
    [InlineData("""{"size": 9, "crop_pct": 1e-300}""", "crop_pct is too small")]
    [InlineData("""{"size": {"height": 9, "width": 9}, "crop_pct": 0.9}""", "size must be a number or {shortest_edge} for ConvNext")]
    [InlineData("""{"size": 9, "crop_pct": 0.9, "crop_size": 8}""", "crop_pct contradicts")]
    [InlineData("""{"size": 9, "crop_pct": 0.9, "do_center_crop": true}""", "crop_pct contradicts")]
    [InlineData("""{"size": 9, "crop_pct": 0.9, "do_center_crop": true, "crop_size": 9, "image_processor_type": "BitImageProcessor"}""", "crop_pct contradicts")]
    [InlineData("""{"size": 9, "crop_pct": 0.9, "image_processor_type": "ViTImageProcessor"}""", "crop_pct means nothing to ViTImageProcessor")]
    [InlineData("""{"size": 9, "do_center_crop": true, "crop_size": 8, "image_processor_type": "ConvNextImageProcessor"}""", "crop_size contradicts size, to which ConvNext crops: 9 x 9")]
    [InlineData("""{"size": 9, "do_resize_and_center_crop": true}""", "do_resize_and_center_crop is PoolFormer's alone")]
    [InlineData("""{"size": 9, "antialias": false, "resample": 3}""", "antialias false is supported with resample 2 (bilinear) and 0 (nearest) only, but resample is 3")]
    [InlineData("""{"size": 9, "antialias": false, "image_processor_type": "SiglipImageProcessor"}""", "antialias false is supported with resample 2")]
    [InlineData("""{"size": 9, "image_processor_type": 5}""", "image_processor_type must be text")]
    [InlineData("""{"size": 224, "do_center_crop": true, "crop_size": 256, "feature_extractor_type": "PerceiverFeatureExtractor"}""", "feature_extractor_type is PerceiverFeatureExtractor, which crops before it resizes")]
    [InlineData("""{"size": 32, "image_processor_type": "ImageGPTImageProcessor"}""", "image_processor_type is ImageGPTImageProcessor, which turns pixels into colour clusters")]
    [InlineData("""{"size": 9, "clusters": [[0, 0, 0]]}""", "clusters is not supported (pixels are not turned into colour clusters)")]
    [InlineData("""{"size": 9, "do_pad": true}""", "do_pad is not supported (images are not padded to a size); remove it")]
    [InlineData("""{"size": 9, "do_reduce_labels": true}""", "do_reduce_labels is not supported")]
    [InlineData("""{"size": 9, "do_pan_and_scan": true}""", "do_pan_and_scan is not supported")]
    [InlineData("""{"size": 9, "size_divisor": 32}""", "size_divisor is not supported")]
    [InlineData("""{"size": 9, "do_normalise": true}""", "do_normalise is not known; remove it if it does not change the image")]
    [InlineData("""[]""", "is not a JSON object")]
    [InlineData("""{"image_mean": [NaN]}""", "is not valid JSON")]
    [InlineData("""{""", "is not valid JSON")]
    public void Read_WrongField_NamesFileAndField(string json, string expected)
    {
        var failure = Assert.Throws<ModelFormatException>(() => Read(json));

        Assert.StartsWith("preprocessor_config.json", failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FieldsThatChangeNothing_AreAccepted()
    {
        var config = Read("""
            {"size": 224, "_valid_processor_keys": ["images"], "auto_map": {}, "clusters": null, "data_format": "channels_last", "device": "cuda",
             "do_convert_rgb": true, "do_pad": false, "do_reduce_labels": false, "image_seq_length": 196, "input_data_format": "channels_first",
             "pad_size": null, "processor_class": "ViTProcessor", "return_tensors": "pt", "size_divisor": null, "unheard_of": null}
            """);

        AssertSizes(config, "224x224", null, 2);
    }

    private static void AssertSizes(PreprocessorConfig config, string? resize, string? crop, int resample)
    {
        var exact = config.ResizeWidth is null && config.ResizeHeight is null ? null : $"{config.ResizeWidth}x{config.ResizeHeight}";
        Assert.True(config.ShortestEdge is null || exact is null);
        Assert.Equal(resize, exact ?? config.ShortestEdge?.ToString());
        Assert.Equal(crop, config.CropWidth is null && config.CropHeight is null ? null : $"{config.CropWidth}x{config.CropHeight}");
        Assert.Equal((ResampleFilter)resample, config.Resample);
    }

    private static PreprocessorConfig Read(string json, string file = "preprocessor_config.json")
    {
        using var folder = new TemporaryFolder();
        return PreprocessorConfigReader.Read(folder.Write(file, json));
    }
}
