using System.Text;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Models;
using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Tests.Unit.Models.Formats;

namespace ClassifierFunctions.Tests.Unit.Models;

/// <summary>Folders that are refused, with a reason that names what is wrong; and oddities that are not refused.</summary>
public sealed class ModelFormatFailureTests : IDisposable
{
    private const string FourLabels = "a\nb\nc\nd";
    private static readonly string[] FourKeys = ["a", "b", "c", "d"];
    private static readonly string[] RepeatedKeys = ["a", "b", "a", "d"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a\nb\nc", null, "There are 3 labels, but output scores has 4 scores.")]
    [InlineData("a\nb\nc\nd\ne", "embedding", "There are 5 labels, but output embedding has 3 scores and output scores has 4 scores.")]
    public void Read_OtherNumberOfLabels_SaysSo(string labels, string? other, string reason)
    {
        _folder.Write("labels.txt", labels);
        AssertFails(new ColourModel { Other = other }, reason);
        AssertFails(new ColourModel { Other = other, Keys = FourKeys }, reason);
    }

    [Theory]
    [InlineData("{", "cvexport.manifest is not valid JSON")]
    [InlineData("[]", "cvexport.manifest is not a JSON object")]
    [InlineData("""{"DomainType": 1}""", "cvexport.manifest: DomainType must be text")]
    [InlineData("""{"DomainType": "ObjectDetection", "Platform": "ONNX"}""", "no classifier but ObjectDetection: it has no score per image and label. Make a project of type Classification")]
    [InlineData("""{"DomainType": "Classification", "Platform": "TensorFlow", "ModelFileName": "model.pb"}""", "Custom Vision export for TensorFlow; export the iteration again, as ONNX")]
    [InlineData("""{"Platform": "ONNX", "ModelFileName": "flowers.onnx"}""", "ModelFileName names flowers.onnx, which is not in the folder")]
    [InlineData("""{"ModelFileName": "../model.onnx"}""", "ModelFileName must be the name of a file in the folder")]
    [InlineData("""{"LabelFileName": "/etc/hostname"}""", "LabelFileName must be the name of a file in the folder")]
    [InlineData("""{"LabelFileName": ".."}""", "LabelFileName must be the name of a file in the folder")]
    public void Read_ManifestThatCannotBeServed_SaysWhy(string manifest, string reason)
    {
        _folder.Write("cvexport.manifest", manifest);
        _folder.Write("labels.txt", FourLabels);
        AssertFails(new ColourModel(), reason);
    }

    [Theory]
    [InlineData("CustomVision.Postprocess.Method", "Yolo", "no classifier but Yolo")]
    [InlineData("CustomVision.Preprocess.NormalizeMean", "[123.7, 116.3, 103.5]", "CustomVision.Preprocess.NormalizeMean is [123.7, 116.3, 103.5], which is not supported")]
    [InlineData("CustomVision.Preprocess.NormalizeStd", "[1.0, 2.0, 1.0]", "add a preprocessor_config.json")]
    [InlineData("Image.NominalPixelRange", "NominalRange_16_235", "Image.NominalPixelRange in the model's metadata is NominalRange_16_235, which is not supported")]
    [InlineData("Image.BitmapPixelFormat", "Bgra8", "Image.BitmapPixelFormat in the model's metadata is Bgra8, which is not supported")]
    [InlineData("image.bitmappixelformat", "gray8", "is gray8, but input image has 3 channels")]
    [InlineData("Image.ColorSpaceGamma", "Linear", "Image.ColorSpaceGamma in the model's metadata is Linear")]
    public void Read_MetadataThatCannotBeServed_SaysWhy(string key, string value, string reason)
    {
        _folder.Write("labels.txt", FourLabels);
        AssertFails(new ColourModel { Metadata = new Dictionary<string, string> { [key] = value } }, reason);
    }

    [Fact]
    public void Read_BytesWithAnotherRange_SaysSo()
    {
        _folder.Write("labels.txt", FourLabels);
        AssertFails(
            new ColourModel { Element = OnnxElement.UInt8, Metadata = new Dictionary<string, string> { ["Image.NominalPixelRange"] = "Normalized_0_1" } },
            "rescales or normalises, but the graph takes whole bytes (uint8)");
    }

    [Fact]
    public void Read_PreprocessorConfigBesideOddMetadata_IsWhatCounts()
    {
        _folder.Write("labels.txt", FourLabels);
        _folder.Write("preprocessor_config.json", """{"size": {"height": 6, "width": 8}, "rescale_factor": 0.5}""");
        var model = Read(new ColourModel { Metadata = new Dictionary<string, string> { ["CustomVision.Preprocess.NormalizeMean"] = "[1, 2, 3]" } });

        Assert.Equal((ModelFormat.CustomVision, 0.5, null), (model.Format, model.Preprocessing.RescaleFactor, model.Assumption));
    }

    [Fact]
    public void Read_ManifestWithByteOrderMark_IsRead()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "cvexport.manifest"), """{"DomainType": "Classification"}""", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        _folder.Write("labels.txt", FourLabels);

        Assert.Equal(ModelFormat.CustomVision, Read(new ColourModel()).Format);
    }

    // The second is of an export of 2020 whose metadata an article shows, with null as text.
    [Theory]
    [InlineData("""{"CustomVision.Preprocess.ResizeMethod": "Stretch"}""", "gives no range of values: 0 to 1 is assumed")]
    [InlineData(
        """
        {"CustomVision.Postprocess.Method": "null", "CustomVision.Preprocess.NormalizeMean": "null", "Image.NominalPixelRange": "Normalized_0_1",
         "CustomVision.Preprocess.ResizeMethod": "ByShorterSideAlign32"}
        """,
        "CustomVision.Preprocess.ResizeMethod is ByShorterSideAlign32, but images are stretched")]
    public void Read_CustomVisionThatSaysTooLittle_SaysWhatIsAssumed(string metadata, string assumption)
    {
        _folder.Write("labels.txt", FourLabels);
        _folder.Write("metadata_properties.json", metadata);
        var model = Read(new ColourModel());

        Assert.Equal((ModelFormat.CustomVision, 1.0 / 255, ResampleFilter.Bicubic), (model.Format, model.Preprocessing.RescaleFactor, model.Preprocessing.Resample));
        Assert.Contains(assumption, model.Assumption, StringComparison.Ordinal);
        Assert.Equal(
            (ColourModel.Width, ColourModel.Height, null, null),
            (model.Preprocessing.ResizeWidth, model.Preprocessing.ResizeHeight, model.Preprocessing.ShortestEdge, model.Preprocessing.CropWidth));
    }

    [Fact]
    public void Read_NoLabelsButOddMetadata_NamesTheMetadata()
        => AssertFails(
            new ColourModel { Metadata = new Dictionary<string, string> { ["names"] = "{0: 'a', 2: 'c'}" } },
            "There are no labels: add labels.txt with one class per line, or id2label in config.json. (names in the ONNX file's metadata is no list of names.)");

    [Fact]
    public void Read_OddMetadataAndMaps_TakesTheMapsClasses()
    {
        var model = Read(new ColourModel { Keys = FourKeys, Metadata = new Dictionary<string, string> { ["classes"] = "4" } });

        Assert.Equal(["a", "b", "c", "d"], model.Labels);
    }

    [Fact]
    public void Read_MapsWithAClassTwice_SaysSo()
    {
        _folder.Write("labels.txt", FourLabels);
        AssertFails(new ColourModel { Keys = RepeatedKeys }, "Output scores has class \"a\" twice");
    }

    private void AssertFails(ColourModel model, string reason)
        => Assert.Contains(reason, Assert.Throws<ModelFormatException>(() => Read(model)).Message, StringComparison.Ordinal);

    private ModelVersion Read(ColourModel model)
    {
        model.Save(Path.Combine(_folder.Path, "model.onnx"));
        return ModelFolder.Read("odd", "1", _folder.Path);
    }
}
