using System.Text.Json;
using ClassifierFunctions.Models;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Models;

public sealed class LabelReaderTests
{
    [Theory]
    [InlineData("""{"id2label": {"1": "b", "0": "a", "10": "k", "2": "c", "3": "d", "4": "e", "5": "f", "6": "g", "7": "h", "8": "i", "9": "j"}}""", "abcdefghijk")]
    [InlineData("""{"id2label": {"0": "a"}}""", "a")]
    public void FromConfig_Id2Label_OrdersByNumber(string json, string expected)
        => Assert.Equal(expected, string.Concat(LabelReader.FromConfig(Parse(json))!));

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"id2label": null}""")]
    public void FromConfig_WithoutLabels_GivesNull(string json) => Assert.Null(LabelReader.FromConfig(Parse(json)));

    [Theory]
    [InlineData("""{"id2label": {"0": "a", "2": "c"}}""")]
    [InlineData("""{"id2label": {"a": "0"}}""")]
    [InlineData("""{"id2label": {"0": 1}}""")]
    [InlineData("""{"id2label": {}}""")]
    public void FromConfig_WrongLabels_Throws(string json) => Assert.Throws<ModelFormatException>(() => LabelReader.FromConfig(Parse(json)));

    [Theory]
    [InlineData("a\nb\n", "a|b")]
    [InlineData("a\r\n b \r\n\r\n\r\n", "a|b")]
    [InlineData("a\n\nb", "a||b")]
    public void FromText_Lines_AreLabels(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(expected, string.Join('|', LabelReader.FromText(folder.Write("labels.txt", text))));
    }

    [Fact]
    public void FromText_Empty_Throws()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<ModelFormatException>(() => LabelReader.FromText(folder.Write("labels.txt", "\n")));
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
