using ClassifierFunctions.Models;

namespace ClassifierFunctions.Tests.Unit.Models;

public sealed class MetadataLabelsTests
{
    [Theory]
    // As Python prints a dictionary and a list, with either quote and with escapes.
    [InlineData("names", "{0: 'tench', 1: 'goldfish, Carassius auratus'}", "tench|goldfish, Carassius auratus")]
    [InlineData("names", """{1: "cook's", 0: 'say "a"', 2: 'it\'s "b"'}""", "say \"a\"|cook's|it's \"b\"")]
    [InlineData("names", """['a\\b', 'caf\xe9', '\u20ac', '\U0001f600',]""", "a\\b|café|€|😀")]
    [InlineData("names", "('a', 'b')", "a|b")]
    // JSON.
    [InlineData("id2label", """{"1": "b", "0": "a", "2": "c"}""", "a|b|c")]
    [InlineData("class_names", """[ "a\/b", "caf\u00e9", "\ud83d\ude00" ]""", "a/b|café|😀")]
    [InlineData("Labels", "[\n  \"a\",\n  \"b\"\n]", "a|b")]
    // Plain text.
    [InlineData("classes", "a, b,c", "a|b|c")]
    [InlineData("labels", "tench, Tinca tinca\r\ngoldfish\r\n", "tench, Tinca tinca|goldfish")]
    public void Read_NamesInUse_GivesThemInOrder(string key, string value, string expected)
        => Assert.Equal(expected.Split('|'), MetadataLabels.Read(Metadata((key, value)), out _));

    [Theory]
    [InlineData("classes", "80")]
    [InlineData("classes", "")]
    [InlineData("names", "{0: 'a', 2: 'c'}")]
    [InlineData("names", "{0: 'a', 0: 'b'}")]
    [InlineData("names", "{0: 'a', 1: 'b'")]
    [InlineData("names", "{0: 'a' 1: 'b'}")]
    [InlineData("names", "{-1: 'a', 0: 'b'}")]
    [InlineData("names", "{99999999999: 'a'}")]
    [InlineData("names", "{'a': 0, 'b': 1}")]
    [InlineData("names", "{}")]
    [InlineData("names", "[]")]
    [InlineData("names", "[,]")]
    [InlineData("names", "['a', 'b'] and more")]
    [InlineData("names", "['a', ['b']]")]
    [InlineData("names", "['a', 'b")]
    [InlineData("names", @"['a\")]
    [InlineData("names", @"['\x4'")]
    [InlineData("names", @"['\Uffffffff']")]
    [InlineData("labels", "[3, 224, 224]")]
    [InlineData("labels", "a,,b")]
    public void Read_NoNames_GivesNothingAndTellsTheKey(string key, string value)
    {
        Assert.Null(MetadataLabels.Read(Metadata((key, value)), out var unread));
        Assert.Equal(key, unread);
    }

    [Fact]
    public void Read_SeveralKeys_TakesTheClearestThatHasNames()
    {
        Assert.Equal(["a", "b"], MetadataLabels.Read(Metadata(("labels", "c, d"), ("names", "['a', 'b']")), out _)!);
        Assert.Equal(["c", "d"], MetadataLabels.Read(Metadata(("labels", "c, d"), ("names", "yolo")), out _)!);
        Assert.Null(MetadataLabels.Read(Metadata(("author", "a, b")), out var unread));
        Assert.Null(unread);
    }

    private static Dictionary<string, string> Metadata(params (string Key, string Value)[] entries)
        => entries.ToDictionary(entry => entry.Key.ToLowerInvariant(), entry => entry.Value, StringComparer.OrdinalIgnoreCase);
}
