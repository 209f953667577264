using Spectre.Console;

namespace ClassifierFunctions.ModelTool.Classify;

/// <summary>A progress bar on standard error, where a person sees it; nothing where a file or another program is at the other end.</summary>
internal static class ClassifyProgress
{
    /// <param name="count">Images.</param>
    /// <param name="isStreamed">Whether results are written meanwhile: on the same terminal they would run into the bar.</param>
    /// <param name="work">Calls its argument once per image.</param>
    public static async Task ShowAsync(int count, bool isStreamed, Func<Action, Task> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var isSeen = console.Profile.Out.IsTerminal && console.Profile.Capabilities is { Ansi: true, Interactive: true };
        if (count == 1 || !isSeen || (isStreamed && !Console.IsOutputRedirected))
        {
            await work(() => { });
            return;
        }

        await console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new TaskDescriptionColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var task = progress.AddTask($"{count} images", maxValue: count);
                await work(() => task.Increment(1));
            });
    }
}
