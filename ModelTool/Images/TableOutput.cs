using System.Globalization;
using ClassifierFunctions.Results;
using Spectre.Console;

namespace ClassifierFunctions.ModelTool.Images;

/// <summary>A table for people: of one image a line per prediction, of several a line per image.</summary>
internal sealed class TableOutput(IAnsiConsole console) : IResultOutput
{
    // Labels with all their synonyms would make a line per image ten lines.
    private const int MaxRunnerUpLength = 24;

    // At least one of them.
    private const int MinRunnersUpWidth = 31;

    // The score's column, and the lines and spaces between all four.
    private const int ScoreAndLines = 6 + 13;

    private readonly List<ImageResult> _results = [];

    public bool IsStreamed => false;

    public bool ShowsErrors => true;

    public void Add(ImageResult result) => _results.Add(result);

    public void Complete(string model, string version)
    {
        if (_results is not [{ Error: null, Image: { } image } single])
        {
            console.Write(Overview());
            return;
        }

        console.WriteLine($"{single.FileName} ({image.Format}, {image.Width} x {image.Height})");
        console.Write(Details(single));
    }

    private static Table Details(ImageResult result)
    {
        var table = new Table().AddColumns("score", "label").AddColumn("index", column => column.RightAligned());
        foreach (var prediction in result.Predictions!)
            table.AddRow(Score(prediction), Markup.Escape(prediction.Label), $"{prediction.Index}");
        return table;
    }

    private Table Overview()
    {
        var table = new Table().AddColumns("file", "label", "score", "then");
        var width = RunnersUpWidth();
        foreach (var result in _results)
        {
            table.AddRow(
                Markup.Escape(result.FileName!),
                result.Error is { } error ? $"[red]{Markup.Escape(error.Detail)}[/]" : Markup.Escape(Label(result)),
                result.Predictions is [var best, ..] ? Score(best) : "",
                Markup.Escape(RunnersUp(result, width)));
        }

        return table;
    }

    // What the other columns leave, so that a line per image stays one line on most terminals.
    private int RunnersUpWidth()
        => Math.Max(
            MinRunnersUpWidth,
            console.Profile.Width - _results.Max(result => result.FileName!.Length) - _results.Max(result => Label(result).Length) - ScoreAndLines);

    private static string RunnersUp(ImageResult result, int width)
    {
        var text = "";
        foreach (var other in (result.Predictions ?? []).Skip(1))
        {
            var longer = $"{text}{(text.Length > 0 ? ", " : "")}{Short(other.Label)} {Score(other)}";
            if (longer.Length > width)
                break;
            text = longer;
        }

        return text;
    }

    private static string Label(ImageResult result) => result.Predictions is [var best, ..] ? best.Label : "";

    private static string Score(Prediction prediction) => prediction.Score.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Short(string label) => label.Length <= MaxRunnerUpLength ? label : string.Concat(label.AsSpan(0, MaxRunnerUpLength - 1), "…");
}
