using System.Text;
using System.Text.Json;
using ClassifierFunctions.ModelTool.Images;
using ClassifierFunctions.Results;
using Spectre.Console;

namespace ClassifierFunctions.Tests.Unit.ModelTool.Images;

public sealed class ResultOutputTests
{
    private static readonly ImageResult Good = new()
    {
        FileName = "a, \"b\".jpg",
        Predictions = [new("chêne, \"oak\"", 0.75f, 3), new("pine\nfir", 1.5e-7f, 1)],
        Image = new("jpeg", 1080, 720),
    };

    private static readonly ImageResult Bad = new() { FileName = "c.png", Error = Problem.From(ClassifierError.UndecodableImage, "It ends, early.") };

    [Fact]
    public void Csv_Results_AreQuotedAsRfc4180Says()
    {
        using var stream = new MemoryStream();

        Write(new CsvOutput(stream), Good, Bad);

        Assert.Equal(
            "file,rank,label,score,index,error\r\n"
            + "\"a, \"\"b\"\".jpg\",1,\"chêne, \"\"oak\"\"\",0.75,3,\r\n"
            + "\"a, \"\"b\"\".jpg\",2,\"pine\nfir\",1.5E-07,1,\r\n"
            + "c.png,,,,,\"It ends, early.\"\r\n",
            Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void Csv_Result_IsWrittenAtOnce()
    {
        using var stream = new MemoryStream();

        new CsvOutput(stream).Add(Bad);

        Assert.EndsWith("early.\"\r\n", Encoding.UTF8.GetString(stream.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_Results_AreOneDocumentAsTheAppAnswers()
    {
        using var stream = new MemoryStream();

        Write(new JsonOutput(stream), Good, Bad);

        var text = Encoding.UTF8.GetString(stream.ToArray());
        Assert.Contains("chêne", text, StringComparison.Ordinal);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        Assert.Equal(("squeezenet", "7"), (root.GetProperty("model").GetString(), root.GetProperty("version").GetString()));
        var results = root.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal(["fileName", "predictions", "image"], results[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal("""{"format":"jpeg","width":1080,"height":720}""", results[0].GetProperty("image").GetRawText());
        Assert.Equal("""{"label":"pine\nfir","score":1.5E-07,"index":1}""", results[0].GetProperty("predictions")[1].GetRawText());
        Assert.Equal(["fileName", "error"], results[1].EnumerateObject().Select(field => field.Name));
        Assert.Equal(
            """{"type":"urn:classifier-functions:undecodable-image","title":"The image cannot be decoded.","status":422,"detail":"It ends, early."}""",
            results[1].GetProperty("error").GetRawText());
    }

    [Fact]
    public void Table_OneImage_HasALinePerPrediction()
    {
        var lines = Table(200, Good with { FileName = "[a].jpg", Predictions = [new("oak", 0.75f, 3), new("pine", 0.25f, 1)] });

        Assert.Equal("[a].jpg (jpeg, 1080 x 720)", lines[0]);
        Assert.Contains("│ 0.7500 │ oak   │     3 │", lines);
        Assert.Contains("│ 0.2500 │ pine  │     1 │", lines);
    }

    [Fact]
    public void Table_SeveralImages_HasALinePerImage()
    {
        var several = Good with { FileName = "a.jpg", Predictions = [new("oak", 0.75f, 3), new("a tree with a name that does not end", 0.2f, 1), new("fir", 0.05f, 2)] };

        var lines = Table(200, several, Bad);

        Assert.Contains("│ a.jpg │ oak             │ 0.7500 │ a tree with a name that… 0.2000, fir 0.0500 │", lines);
        Assert.Contains("│ c.png │ It ends, early. │        │                                             │", lines);
    }

    [Fact]
    public void Table_NarrowTerminal_ShowsFewerPredictionsInsteadOfMoreLines()
    {
        var several = Good with { FileName = "a.jpg", Predictions = [new("oak", 0.75f, 3), new("a tree with a name that does not end", 0.2f, 1), new("fir", 0.05f, 2)] };

        Assert.Contains("│ a.jpg │ oak   │ 0.7500 │ a tree with a name that… 0.2000 │", Table(64, several, several));
    }

    private static string[] Table(int width, params ImageResult[] results)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        Write(new TableOutput(console), results);
        return text.ToString().ReplaceLineEndings("\n").Split('\n');
    }

    private static void Write(IResultOutput output, params ImageResult[] results)
    {
        foreach (var result in results)
            output.Add(result);
        output.Complete("squeezenet", "7");
    }
}
