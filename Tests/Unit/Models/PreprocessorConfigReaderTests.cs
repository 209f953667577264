using ClassifierFunctions.Imaging;
using ClassifierFunctions.Models;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Models;

public sealed class PreprocessorConfigReaderTests
{
    [Fact]
    public void Read_Squeezenet_GivesItsFields()
    {
        var config = PreprocessorConfigReader.Read(TestData.Path("squeezenet", "preprocessor_config.json"));

        Assert.Equal((256, ResampleFilter.Bilinear, 224, 224), (config.ShortestEdge, config.Resample, config.CropWidth, config.CropHeight));
        Assert.Equal([123, 117, 104], config.Mean!);
        Assert.Equal([1, 1, 1], config.Std!);
        Assert.Equal((1, true), (config.RescaleFactor, config.FlipChannelOrder));
    }

    [Fact]
    public void Read_VisionTransformer_StretchesToSquare()
    {
        // As google/vit-base-patch16-224 has it.
        var config = Read("""
            {"do_normalize": true, "do_resize": true, "feature_extractor_type": "ViTFeatureExtractor",
             "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5], "resample": 2, "size": 224}
            """);

        Assert.Equal((224, 224), config.OutputSize);
        Assert.Equal((null, null, 1.0 / 255), (config.ShortestEdge, config.CropWidth, config.RescaleFactor));
    }

    [Fact]
    public void Read_SizeAndCropAsNumbers_MeansShortestEdgeAndSquareCrop()
    {
        var config = Read("""{"do_resize": true, "size": 256, "resample": 3, "do_center_crop": true, "crop_size": 224, "do_rescale": false, "do_normalize": false}""");

        Assert.Equal((256, ResampleFilter.Bicubic, (224, 224)), (config.ShortestEdge, config.Resample, config.OutputSize!.Value));
        Assert.Equal((1, null), (config.RescaleFactor, config.Mean));
    }

    [Theory]
    [InlineData("""{"size": 224, "resample": 9}""", "resample is 9")]
    [InlineData("""{"size": "big"}""", "size must be a whole number")]
    [InlineData("""{"size": {"longest_edge": 3}}""", "size must have shortest_edge, or height and width")]
    [InlineData("""{}""", "size must be a number")]
    [InlineData("""{"size": 0}""", "size must be a number")]
    [InlineData("""{"size": 9, "do_center_crop": true}""", "crop_size must be")]
    [InlineData("""{"size": 9, "do_resize": "yes"}""", "do_resize must be true or false")]
    [InlineData("""{"size": 9, "do_normalize": true}""", "image_mean is missing")]
    [InlineData("""{"size": 9, "image_mean": [0, 0], "image_std": [1, 1]}""", "image_mean must have 1 or 3 values")]
    [InlineData("""{"size": 9, "image_mean": [0, 0, 0], "image_std": [1]}""", "image_std has 1 values")]
    [InlineData("""{"size": 9, "image_mean": [0], "image_std": [0]}""", "image_std must be above 0")]
    [InlineData("""{"size": 9, "crop_pct": 0.9}""", "crop_pct is not supported yet")]
    [InlineData("""[]""", "is not a JSON object")]
    [InlineData("""{""", "is not valid JSON")]
    public void Read_WrongField_NamesFileAndField(string json, string expected)
    {
        var failure = Assert.Throws<ModelFormatException>(() => Read(json));

        Assert.StartsWith("preprocessor_config.json", failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    private static PreprocessorConfig Read(string json)
    {
        using var folder = new TemporaryFolder();
        return PreprocessorConfigReader.Read(folder.Write("preprocessor_config.json", json));
    }
}
