using System.CommandLine;
using System.CommandLine.Parsing;
using ClassifierFunctions.Configuration;
using ClassifierFunctions.ModelTool.Images;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.ModelTool.Upload;

/// <summary><c>upload</c>: a batch job in one line, on the app's asynchronous path.</summary>
internal static class UploadCommand
{
    public static Command Create()
    {
        var images = ImagesArgument.Create();
        var model = new Option<string?>("--model")
        {
            Description = "Name of the app's model that classifies them. Without it, the app's default model does; its uploads cannot have folders, "
                + "so that trip/dog.jpg becomes <batch>-trip-dog.jpg.",
        };
        var to = new Option<string?>("--to")
        {
            HelpName = "folder",
            Description = "Folder of the batch in both containers, below the model's. Uploading to the same one again replaces files and gives them new results. "
                + "[default: a new one, named after the time]",
        };
        var storage = StorageOption.Create();
        var wait = new Option<bool>("--wait") { Description = "Wait for the results and print them." };
        var timeout = new Option<int>("--timeout")
        {
            HelpName = "seconds",
            Description = "How long to wait without a new result.",
            DefaultValueFactory = _ => 300,
        }.AtLeastOne();
        var output = new OutputOptions();
        var command = new Command("upload", "Uploads image files to be classified by a running app, and waits for their results if asked to.")
        {
            images, model, to, storage, wait, timeout,
        };
        output.AddTo(command);
        command.Validators.Add(result =>
        {
            if (!result.GetValue(wait) && (output.IsChosen(result) || result.GetResult(timeout) is { Implicit: false }))
                result.AddError("--json, --csv and --timeout are about results: they need --wait.");
            var folder = Single(result, to);
            if (Single(result, model) is { } name && (name.Contains('/', StringComparison.Ordinal) || !BlobNames.IsKept(name)))
                result.AddError("--model must be the name of a model, as the app's /api/models has it.");
            if (folder is not null && !BlobNames.IsKept(folder))
                result.AddError("--to must be the name of a folder, such as trip or 2026/trip: no empty part, no part that ends with a dot, no backslash.");
            else if (folder?.Contains('/', StringComparison.Ordinal) == true && result.GetResult(model) is null)
                result.AddError("--to can have a slash only with --model: without it, the first folder would be the model's name.");
        });
        command.SetAction((arguments, cancellation) => RunAsync(
            new UploadArguments(
                arguments.GetRequiredValue(images),
                arguments.GetValue(model),
                arguments.GetValue(to) ?? BlobNames.NewFolder(TimeProvider.System.GetUtcNow()),
                arguments.GetValue(storage),
                arguments.GetValue(wait),
                TimeSpan.FromSeconds(arguments.GetValue(timeout))),
            () => output.Create(arguments),
            cancellation));
        return command;
    }

    // Null when it was given twice, which is not for these checks to say: asking for the value would throw.
    private static string? Single(CommandResult result, Option<string?> option) => result.GetResult(option)?.Tokens is [var token] ? token.Value : null;

    private static async Task<int> RunAsync(UploadArguments arguments, Func<IResultOutput> output, CancellationToken cancellationToken)
    {
        try
        {
            await using var run = await UploadRun.StartAsync(arguments, cancellationToken);
            try
            {
                return arguments.Wait ? await run.UploadAndWaitAsync(output(), cancellationToken) : await run.UploadAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync($"Stopped. {run.Summary}");
                return ExitCode.Interrupted;
            }
            catch (StorageException unusable)
            {
                await Console.Error.WriteLineAsync($"{unusable.Message} {run.Summary}");
                return 1;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped. Nothing was uploaded.");
            return ExitCode.Interrupted;
        }
        catch (Exception failure) when (failure is StorageException or StartupException || ImageFile.IsUnreadable(failure))
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
        catch (OptionsValidationException wrong)
        {
            await Console.Error.WriteLineAsync(string.Join("; ", wrong.Failures));
            return 1;
        }
    }
}
