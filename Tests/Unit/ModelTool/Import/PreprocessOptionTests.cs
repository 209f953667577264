using ClassifierFunctions.Imaging;
using ClassifierFunctions.Models;
using ClassifierFunctions.ModelTool.Import;
using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.ModelTool.Import;

// Expected values: what the named preprocessing does to bytes, by hand from its definition (keras imagenet_utils, slim's preprocessing, torchvision).
public sealed class PreprocessOptionTests
{
    private static readonly ImportInput Colour = new("x", 224, 224, 3);
    private static readonly ImportInput Grey = new("x", 28, 28, 1);

    // Columns: words, what red, green and blue bytes 10, 20, 30 become, in the order that the model gets.
    [Theory]
    [InlineData(null, new[] { 10 / 255.0, 20 / 255.0, 30 / 255.0 })]
    [InlineData("unit", new[] { 10 / 255.0, 20 / 255.0, 30 / 255.0 })]
    [InlineData("unit,bgr", new[] { 30 / 255.0, 20 / 255.0, 10 / 255.0 })]
    [InlineData("Inception", new[] { (10 / 127.5) - 1, (20 / 127.5) - 1, (30 / 127.5) - 1 })]
    [InlineData("imagenet", new[] { ((10 / 255.0) - 0.485) / 0.229, ((20 / 255.0) - 0.456) / 0.224, ((30 / 255.0) - 0.406) / 0.225 })]
    [InlineData("caffe", new[] { 30 - 103.939, 20 - 116.779, 10 - 123.68 })]
    [InlineData("vgg", new[] { 10 - 123.68, 20 - 116.779, 30 - 103.939 })]
    [InlineData("vgg, bgr", new[] { 30 - 103.939, 20 - 116.779, 10 - 123.68 })]
    [InlineData("bytes", new[] { 10.0, 20, 30 })]
    [InlineData("bytes,mean=117", new[] { 10 - 117.0, 20 - 117, 30 - 117 })]
    [InlineData("mean=0.4914:0.4822:0.4465", new[] { (10 / 255.0) - 0.4914, (20 / 255.0) - 0.4822, (30 / 255.0) - 0.4465 })]
    [InlineData("bgr,mean=1:2:3,std=2:4:5,bytes", new[] { (30 - 3) / 5.0, (20 - 2) / 4.0, (10 - 1) / 2.0 })]
    [InlineData("scale=1/128,mean=1", new[] { (10 / 128.0) - 1, (20 / 128.0) - 1, (30 / 128.0) - 1 })]
    [InlineData("scale=0.5,std=2", new[] { 2.5, 5, 7.5 })]
    public void For_Words_GiveTheModelTheirValues(string? words, double[] expected)
    {
        var config = Read(words, Colour);

        var tensor = Tensor(config, 10, 20, 30);
        for (var channel = 0; channel < expected.Length; channel++)
            Assert.Equal(expected[channel], tensor[channel], 1e-6 * Math.Max(1, Math.Abs(expected[channel])));
    }

    [Theory]
    [InlineData("stretch", null, "224x224", null)]
    [InlineData("crop", 224, null, "224x224")]
    [InlineData("crop=0.875", 256, null, "224x224")]
    [InlineData("size=224", null, "224x224", null)]
    public void For_Frames_ResizeAndCrop(string words, int? shortestEdge, string? exact, string? crop)
    {
        var config = Read(words, Colour);

        Assert.Equal(
            (shortestEdge, exact, crop),
            (config.ShortestEdge, config.ResizeWidth is null ? null : $"{config.ResizeWidth}x{config.ResizeHeight}", config.CropWidth is null ? null : $"{config.CropWidth}x{config.CropHeight}"));
    }

    [Theory]
    [InlineData("unit", ResampleFilter.Bilinear, true)]
    [InlineData("opencv", ResampleFilter.Bilinear, false)]
    [InlineData("bicubic", ResampleFilter.Bicubic, true)]
    [InlineData("nearest", ResampleFilter.Nearest, true)]
    public void For_Filters_AreThose(string words, ResampleFilter filter, bool antialias)
        => Assert.Equal((filter, antialias), (Read(words, Colour).Resample, Read(words, Colour).Antialias));

    [Fact]
    public void For_WideInput_KeepsWidthAndHeightApart()
    {
        var option = PreprocessOption.Parse("size=320x240");

        Assert.Equal((320, 240), option.Size);
        var config = Read("size=320x240", new("x", 320, 240, 3));
        Assert.Equal((320, 240), (config.ResizeWidth!.Value, config.ResizeHeight!.Value));
        Assert.Equal((320, 240), Read("crop", new("x", 320, 240, 3)).OutputSize);
    }

    [Fact]
    public void For_GreyInput_HasOneMean()
    {
        var config = Read("mean=0.1307,std=0.3081", Grey);

        Assert.Equal([0.1307], config.Mean!);
        Assert.Equal([0.3081], config.Std!);
    }

    [Fact]
    public void For_InputOfBytes_LeavesThemAsTheyAre()
        => Assert.Equal((1, null), (Read(null, Colour with { Element = TensorElement.UInt8 }).RescaleFactor, Read(null, Colour with { Element = TensorElement.UInt8 }).Mean));

    [Theory]
    [InlineData("bgr,foo", "\"foo\" is not known")]
    [InlineData("unit,", "\"\" is not known")]
    [InlineData("unit=1", "\"unit=1\" is not known")]
    [InlineData("scale", "\"scale\" is not known")]
    [InlineData("unit,bytes", "unit and bytes contradict")]
    [InlineData("caffe,scale=1/255", "caffe and scale=1/255 contradict")]
    [InlineData("crop,stretch", "crop and stretch contradict")]
    [InlineData("opencv,bicubic", "opencv and bicubic contradict")]
    [InlineData("imagenet,mean=1", "imagenet has a mean")]
    [InlineData("mean=1:2:3,std=1", "mean=1:2:3 has 3 values and std=1 has 1")]
    [InlineData("mean=1:2", "three values")]
    [InlineData("mean=1:x:3", "\"x\" is not a number")]
    [InlineData("mean=nan", "\"nan\" is not a number")]
    [InlineData("std=0", "above 0")]
    [InlineData("scale=1/0", "above 0")]
    [InlineData("scale=-1", "above 0")]
    [InlineData("crop=0", "share")]
    [InlineData("crop=1.5", "share")]
    [InlineData("size=0", "1 to 4096")]
    [InlineData("size=10x20x30", "1 to 4096")]
    public void Parse_WrongWords_NamesThemAndListsAll(string words, string reason)
    {
        var message = Assert.Throws<ImportException>(() => PreprocessOption.Parse(words)).Message;

        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.All(["unit", "inception", "imagenet", "caffe", "vgg", "bytes", "opencv", "crop=0.875"], word => Assert.Contains(word, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bgr", "no BGR")]
    [InlineData("caffe", "no BGR")]
    [InlineData("imagenet", "3 means")]
    [InlineData("size=32", "size is 32 x 32, but input x wants 28 x 28")]
    public void For_WordsThatDoNotFitTheInput_SaysWhy(string words, string reason)
        => Assert.Contains(reason, Assert.Throws<ImportException>(() => PreprocessOption.Parse(words).For(Grey)).Message, StringComparison.Ordinal);

    [Fact]
    public void For_ScaledValuesForAnInputOfBytes_SaysWhy()
        => Assert.Contains("uint8", Assert.Throws<ImportException>(() => PreprocessOption.Parse("unit").For(Colour with { Element = TensorElement.UInt8 })).Message, StringComparison.Ordinal);

    [Fact]
    public void For_File_IsTakenOverAsItIs()
    {
        var path = TestData.Path("squeezenet", "preprocessor_config.json");

        var option = PreprocessOption.Parse(path);

        Assert.Equal((224, 224), option.Size);
        Assert.Equal(File.ReadAllText(path), option.For(Colour).Json);
    }

    [Fact]
    public void Parse_FileThatIsMissing_SaysSo()
        => Assert.Contains("no file", Assert.Throws<ImportException>(() => PreprocessOption.Parse("missing/preprocessor_config.json")).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_FileThatCannotBeUsed_NamesTheField()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("preprocessor_config.json", """{"do_resize": true, "size": 224, "resample": 9}""");

        Assert.Contains("resample is 9", Assert.Throws<ImportException>(() => PreprocessOption.Parse(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "values of x / 255, RGB, images stretched to 224 x 224 pixels, a bilinear filter")]
    [InlineData("bgr,opencv", "values of x / 255, images stretched to 224 x 224 pixels")]
    [InlineData("caffe,crop", "a bilinear filter")]
    public void For_WhatNobodySaid_IsAssumedAloud(string? words, string assumed)
        => Assert.EndsWith($"is assumed: {assumed}.", PreprocessOption.Parse(words).For(Colour).Assumption, StringComparison.Ordinal);

    [Fact]
    public void For_AllSaid_AssumesNothing()
        => Assert.Null(PreprocessOption.Parse("inception,stretch,bilinear").For(Colour).Assumption);

    [Fact]
    public void For_Words_AreDescribed()
        => Assert.Equal(
            "An image is resized to a shortest edge of 256 pixels and cropped to the middle 224 x 224 (bilinear without antialiasing); the model gets BGR, and a byte x becomes x - mean, where mean is 123.68, 116.779, 103.939 (red, green, blue).",
            PreprocessOption.Parse("caffe,opencv,crop=0.875").For(Colour).Description);

    private static PreprocessorConfig Read(string? words, ImportInput input)
    {
        using var folder = new TemporaryFolder();
        return PreprocessorConfigReader.Read(folder.Write("preprocessor_config.json", PreprocessOption.Parse(words).For(input).Json));
    }

    // One pixel, through the code that writes all tensors.
    private static float[] Tensor(PreprocessorConfig config, byte red, byte green, byte blue)
    {
        var shape = new TensorShape(1, 1, 3, TensorLayout.Nhwc, TensorElement.Float32);
        var tensor = new byte[shape.Bytes];
        TensorWriter.Create(config, shape).Write([red, green, blue, 255], 4, 0, 0, down: false, tensor);
        return [BitConverter.ToSingle(tensor, 0), BitConverter.ToSingle(tensor, 4), BitConverter.ToSingle(tensor, 8)];
    }
}
