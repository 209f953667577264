using Spectre.Console;

namespace ClassifierFunctions.ModelTool.Images;

/// <summary>Progress bars on standard error, where a person sees them; nothing where a file or another program is at the other end.</summary>
internal static class ImageProgress
{
    /// <param name="count">Images.</param>
    /// <param name="isStreamed">Whether results are written meanwhile: on the same terminal they would run into the bars.</param>
    /// <param name="steps">What is done with each image, such as <c>uploaded</c>: each step has a bar.</param>
    /// <param name="work">Calls its argument once per image and step, with the step's position.</param>
    public static async Task ShowAsync(int count, bool isStreamed, IReadOnlyList<string> steps, Func<Action<int>, Task> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var isSeen = console.Profile.Out.IsTerminal && console.Profile.Capabilities is { Ansi: true, Interactive: true };
        if (count == 1 || !isSeen || (isStreamed && !Console.IsOutputRedirected))
        {
            await work(_ => { });
            return;
        }

        await console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new TaskDescriptionColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                ProgressTask[] tasks = [.. steps.Select(step => progress.AddTask($"{count} images {step}", maxValue: count))];
                await work(step => tasks[step].Increment(1));
            });
    }
}
