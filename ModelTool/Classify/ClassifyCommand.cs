using System.CommandLine;
using System.Globalization;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using Spectre.Console;

namespace ClassifierFunctions.ModelTool.Classify;

/// <summary><c>classify</c>: the app's own path from image file to predictions, on the command line.</summary>
internal static class ClassifyCommand
{
    public static Command Create()
    {
        var model = ModelArgument.Create();
        var images = new Argument<FileSystemInfo[]>("images")
        {
            Description = $"Image files, and folders, of which all files that end in {ImageFiles.Extensions} are taken.",
            Arity = ArgumentArity.OneOrMore,
        }.AcceptExistingOnly();
        var top = new Option<int>("--top") { Description = "Predictions per image.", DefaultValueFactory = _ => 5 };
        top.Validators.Add(result =>
        {
            // What is no number is not for this check to say: asking for its value would throw.
            if (result.Tokens is [var word] && int.TryParse(word.Value, CultureInfo.InvariantCulture, out var number) && number < 1)
                result.AddError("--top must be 1 or more.");
        });
        var json = new Option<bool>("--json") { Description = "One JSON document, as the app answers a request with several images." };
        var csv = new Option<bool>("--csv") { Description = $"One line per prediction: {CsvOutput.Header}." };
        var command = new Command("classify", "Classifies image files exactly as the app does.") { model, images, top, json, csv };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(csv))
                result.AddError("--json and --csv exclude each other.");
        });
        command.SetAction((arguments, cancellation) => RunAsync(
            arguments.GetRequiredValue(model),
            arguments.GetRequiredValue(images),
            new PredictionOptions(arguments.GetValue(top)),
            version => arguments.GetValue(json) ? new JsonOutput(version, Console.OpenStandardOutput())
                : arguments.GetValue(csv) ? new CsvOutput(Console.OpenStandardOutput())
                : new TableOutput(AnsiConsole.Console),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        DirectoryInfo model, FileSystemInfo[] images, PredictionOptions options, Func<ModelVersion, IResultOutput> output, CancellationToken cancellationToken)
    {
        try
        {
            var files = ImageFiles.Find(images);
            return await ModelArgument.RunAsync(model, version => ClassifyAsync(version, files, options, output(version), cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return ExitCode.Interrupted;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static async Task<int> ClassifyAsync(
        ModelVersion model, IReadOnlyList<string> files, PredictionOptions options, IResultOutput output, CancellationToken cancellationToken)
    {
        var failed = new List<ImageResult>();
        await using (var run = await ClassifyRun.StartAsync(model, options, cancellationToken))
        {
            await ClassifyProgress.ShowAsync(files.Count, output.IsStreamed, async advance =>
            {
                await foreach (var result in run.ClassifyAsync(files, cancellationToken))
                {
                    output.Add(result);
                    if (result.Error is not null)
                        failed.Add(result);
                    advance();
                }
            });
        }

        output.Complete();
        foreach (var result in output.ShowsErrors ? [] : failed)
            await Console.Error.WriteLineAsync($"{result.FileName}: {result.Error!.Detail}");
        if (failed.Count == 0)
            return 0;
        await Console.Error.WriteLineAsync($"{failed.Count} of {files.Count} images could not be classified.");
        return 1;
    }
}
