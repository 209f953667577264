using System.CommandLine;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.ModelTool.Images;

namespace ClassifierFunctions.ModelTool.Classify;

/// <summary><c>classify</c>: the app's own path from image file to predictions, on the command line.</summary>
internal static class ClassifyCommand
{
    public static Command Create()
    {
        var model = ModelArgument.Create();
        var images = ImagesArgument.Create();
        var top = new Option<int>("--top") { Description = "Predictions per image.", DefaultValueFactory = _ => 5 }.AtLeastOne();
        var output = new OutputOptions();
        var command = new Command("classify", "Classifies image files exactly as the app does.") { model, images, top };
        output.AddTo(command);
        command.SetAction((arguments, cancellation) => RunAsync(
            arguments.GetRequiredValue(model),
            arguments.GetRequiredValue(images),
            new PredictionOptions(arguments.GetValue(top)),
            () => output.Create(arguments),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        DirectoryInfo model, FileSystemInfo[] images, PredictionOptions options, Func<IResultOutput> output, CancellationToken cancellationToken)
    {
        try
        {
            var files = ImageFiles.Find(images);
            return await ModelArgument.RunAsync(model, version => ClassifyAsync(version, files, options, output(), cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return ExitCode.Interrupted;
        }
        catch (Exception failure) when (ImageFile.IsUnreadable(failure))
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static async Task<int> ClassifyAsync(
        ModelVersion model, IReadOnlyList<string> files, PredictionOptions options, IResultOutput output, CancellationToken cancellationToken)
    {
        var report = new ResultReport(output);
        await using (var run = await ClassifyRun.StartAsync(model, options, cancellationToken))
        {
            await ImageProgress.ShowAsync(files.Count, output.IsStreamed, ["classified"], async advance =>
            {
                await foreach (var result in run.ClassifyAsync(files, cancellationToken))
                {
                    report.Add(result);
                    advance(0);
                }
            });
        }

        return await report.CompleteAsync(model.Model, model.Version);
    }
}
