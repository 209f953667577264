using ClassifierFunctions.ModelTool.Import;
using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.ModelTool.Import;

public sealed class LabelsOptionTests
{
    private static readonly ImportOutput[] Two = [new("y_pred", 2)];

    [Theory]
    [InlineData("cat,dog")]
    [InlineData(" cat , dog ")]
    public void For_List_IsTheLabels(string text) => Assert.Equal(["cat", "dog"], LabelsOption.Parse(text).For(Two));

    [Fact]
    public void For_File_IsItsLines()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(["cat", "dog, wet"], LabelsOption.Parse(folder.Write("labels.txt", "cat\r\n dog, wet \n\n")).For(Two));
    }

    [Fact]
    public void For_NoLabels_NamesThemAsHuggingFaceDoes()
    {
        var option = LabelsOption.Parse(null);

        Assert.False(option.IsGiven);
        Assert.Equal(["LABEL_0", "LABEL_1"], option.For(Two));
    }

    [Fact]
    public void For_SeveralOutputs_FitsTheOneWithAsManyScores()
        => Assert.Equal(["a", "b"], LabelsOption.Parse("a,b").For([new("features", 128), new("probabilities", 2)]));

    [Fact]
    public void For_OutputOfUnknownSize_Fits() => Assert.Equal(3, LabelsOption.Parse("a,b,c").For([new("y", null)]).Count);

    [Theory]
    [InlineData("a,b,c", "names 3 classes, but output y_pred has 2 scores.")]
    [InlineData("a", "names 1 classes, but output y_pred has 2 scores. If the first class is a background class")]
    public void For_AnotherNumberOfLabels_SaysBothNumbers(string text, string reason)
        => Assert.Contains(reason, Assert.Throws<ImportException>(() => LabelsOption.Parse(text).For(Two)).Message, StringComparison.Ordinal);

    [Fact]
    public void For_NoLabelsAndUnknownSize_AsksForThem()
        => Assert.Contains("--labels", Assert.Throws<ImportException>(() => LabelsOption.Parse(null).For([new("y", null)])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("cat,dog,cat", "labels 1 and 3 are both \"cat\"")]
    [InlineData("cat,,dog", "label 2 of 3 is empty")]
    [InlineData("cat,", "label 2 of 2 is empty")]
    [InlineData("missing.txt", "no file missing.txt")]
    public void Parse_WrongLabels_SaysWhich(string text, string reason)
        => Assert.Contains(reason, Assert.Throws<ImportException>(() => LabelsOption.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_FileWithAnEmptyLine_SaysWhich()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("labels.txt", "cat\n\ndog\n");

        Assert.Contains("label 2 of 3 is empty", Assert.Throws<ImportException>(() => LabelsOption.Parse(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_EmptyFile_SaysSo()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("labels.txt", "\n");

        Assert.Contains("names no class", Assert.Throws<ImportException>(() => LabelsOption.Parse(path)).Message, StringComparison.Ordinal);
    }
}
