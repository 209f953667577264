using System.CommandLine;
using System.CommandLine.Parsing;
using Spectre.Console;

namespace ClassifierFunctions.ModelTool.Images;

/// <summary><c>--json</c> and <c>--csv</c>; a table without them.</summary>
internal sealed class OutputOptions
{
    private readonly Option<bool> _json = new("--json") { Description = "One JSON document, as the app answers a request with several images." };
    private readonly Option<bool> _csv = new("--csv") { Description = $"One line per prediction: {CsvOutput.Header}." };

    public void AddTo(Command command)
    {
        command.Add(_json);
        command.Add(_csv);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_json) && result.GetValue(_csv))
                result.AddError("--json and --csv exclude each other.");
        });
    }

    /// <summary>Whether either was given.</summary>
    public bool IsChosen(CommandResult command) => command.GetValue(_json) || command.GetValue(_csv);

    public IResultOutput Create(ParseResult arguments)
        => arguments.GetValue(_json) ? new JsonOutput(Console.OpenStandardOutput())
            : arguments.GetValue(_csv) ? new CsvOutput(Console.OpenStandardOutput())
            : new TableOutput(AnsiConsole.Console);
}
