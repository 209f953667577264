using ClassifierFunctions.ModelTool.Import;

namespace ClassifierFunctions.Tests.Unit.ModelTool.Import;

public sealed class ModelCardTests
{
    private static readonly ImportArguments Arguments = new() { Source = "runs/alexnet", To = "elsewhere/alexnet", Preprocess = "bgr" };

    [Fact]
    public void Text_Report_BeginsAsHuggingFaceCardsDo()
        => Assert.StartsWith("---\nlibrary_name: onnx\npipeline_tag: image-classification\ntags: [tensorflow, onnx]\n---\n\n# alexnet\n", Text(Reports.AlexNet), StringComparison.Ordinal);

    [Theory]
    [InlineData("| alexnet.data-00000-of-00001 | 748,540,200 | `bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb` |\n")]
    [InlineData("imported from a TensorFlow 1 checkpoint (TensorFlow 1.3.0). 62,378,344 parameters")]
    [InlineData("dotnet run --project ModelTool -- import runs/alexnet \\\n  --preprocess bgr \\\n  --to elsewhere/alexnet\n")]
    [InlineData("Input: `x`, 227 x 227, 3 channels, any number of images. Output: `y_pred`.\n")]
    [InlineData("748,542,100 bytes became 2,")]
    [InlineData("722 nodes became 24.\n")]
    [InlineData("| optimizer slots | 32 | 499,026,752 |\n| summaries | 7 |  |\n")]
    [InlineData("| `keep_prob` | `1` | dropout is off at inference |\n")]
    [InlineData("- Two dropouts were taken out.\n")]
    [InlineData("| `conv1` | conv 11 x 11 / 4 | 55 x 55 x 96 | 34,944 |\n")]
    [InlineData("| **all** | | | **62,378,344** |\n")]
    [InlineData("the model gets BGR, and a byte x becomes x / 255. **TensorFlow's files do not say")]
    [InlineData("\n`tench, Tinca tinca`, `goldfish, Carassius auratus`")]
    [InlineData("and so on: all are in `config.json`. TensorFlow's files do not name the classes; these names were made up.\n")]
    [InlineData("classify elsewhere/alexnet photo.jpg")]
    [InlineData("localhost:7071/api/classify/alexnet")]
    public void Text_Report_Says(string text) => Assert.Contains(text, Text(Reports.AlexNet), StringComparison.Ordinal);

    [Fact]
    public void Text_NamesThatMarkdownWouldRead_AreEscaped()
        => Assert.Contains("| `` fc8\\|`out` `` | dense |", Text(Reports.AlexNet), StringComparison.Ordinal);

    [Fact]
    public void Text_NothingLeftOut_HasNoEmptyTables()
    {
        var text = Text(Reports.AlexNet with { Dropped = [], Constants = [], Notes = [] });

        Assert.DoesNotContain("| left out |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("| placeholder |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_LabelsGiven_AreNotCalledMadeUp()
        => Assert.DoesNotContain("made up", ModelCard.Text(Reports.AlexNet, ImportOptions.Parse(Arguments with { Labels = "a,b" }), Reports.Preprocessing, Reports.Model), StringComparison.Ordinal);

    private static string Text(ImportReport report) => ModelCard.Text(report, ImportOptions.Parse(Arguments), Reports.Preprocessing, Reports.Model);
}
