using ClassifierFunctions.ModelTool.Import;
using Spectre.Console;

namespace ClassifierFunctions.Tests.Unit.ModelTool.Import;

public sealed class ImportReportViewTests
{
    [Fact]
    public void Print_AlexNet_IsTheAncestorsTable()
    {
        var lines = Print(Reports.AlexNet);

        Assert.Contains("│ layer     │ operation        │ output        │ parameters │", lines);
        Assert.Contains("│ conv1     │ conv 11 x 11 / 4 │ 55 x 55 x 96  │     34,944 │", lines);
        Assert.Contains("│ fc6       │ dense            │ 4096          │ 37,752,832 │", lines);
        Assert.Contains("│ total     │                  │               │ 62,378,344 │", lines);
    }

    [Fact]
    public void Print_Report_SaysWhatWasLeftOut()
    {
        var lines = Print(Reports.AlexNet);

        Assert.Contains("│ optimizer slots │    32 │ 499,026,752 │", lines);
        Assert.Contains("│ keep_prob   │ 1     │ dropout is off at inference │", lines);
        Assert.Contains($"bytes: 748,542,100 -> {Reports.Model.Bytes:N0} (0 %)", lines);
        Assert.Contains("nodes: 722 -> 24", lines);
        Assert.Contains("Two dropouts were taken out.", lines);
        Assert.Contains(lines, line => line.EndsWith("a bilinear filter. Say otherwise with --preprocess.", StringComparison.Ordinal));
    }

    private static string[] Print(ImportReport report)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 1000;
        ImportReportView.Print(console, report, Reports.Preprocessing, Reports.Model);
        return output.ToString().ReplaceLineEndings("\n").Split('\n');
    }
}
