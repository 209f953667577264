using System.CommandLine;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace ClassifierFunctions.ModelTool.Verify;

/// <summary><c>verify</c>: would the app serve this folder, and would its answers make sense?</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var model = ModelArgument.Create();
        var command = new Command("verify", "Loads a model folder as the app would, runs it, and checks what comes out.") { model };
        command.SetAction((arguments, cancellation) => Task.Run(() => Verify(arguments.GetRequiredValue(model), cancellation), CancellationToken.None));
        return command;
    }

    private static int Verify(DirectoryInfo folder, CancellationToken cancellationToken)
    {
        try
        {
            var checks = ModelVerification.Run(folder.FullName, cancellationToken);
            Print(checks);
            var failed = checks.Count(check => check.Outcome == CheckOutcome.Failed);
            AnsiConsole.Console.WriteLine(failed == 0 ? $"{folder} is fit to be served." : $"{folder}: {failed} of {checks.Count} checks failed.");
            return failed == 0 ? 0 : 1;
        }
        catch (OptionsValidationException wrong)
        {
            Console.Error.WriteLine(string.Join("; ", wrong.Failures));
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Console.Error.WriteLine("Stopped.");
            return ExitCode.Interrupted;
        }
    }

    private static void Print(IReadOnlyList<Check> checks)
    {
        var table = new Table().AddColumns("check", "outcome", "found");
        foreach (var check in checks)
            table.AddRow(Markup.Escape(check.Name), Coloured(check.Outcome), Markup.Escape(check.Detail));
        AnsiConsole.Write(table);
    }

    private static string Coloured(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Ok => "[green]ok[/]",
        CheckOutcome.Warning => "[yellow]warning[/]",
        _ => "[red]failed[/]",
    };
}
