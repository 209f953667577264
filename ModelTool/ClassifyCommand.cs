using System.CommandLine;
using System.Globalization;
using ClassifierFunctions.Configuration;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using ClassifierFunctions.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace ClassifierFunctions.ModelTool;

/// <summary><c>classify</c>: the app's own path from image file to predictions, on the command line.</summary>
internal static class ClassifyCommand
{
    public static Command Create()
    {
        var model = ModelArgument.Create();
        var images = new Argument<FileInfo[]>("images") { Description = "Image files.", Arity = ArgumentArity.OneOrMore }.AcceptExistingOnly();
        var top = new Option<int>("--top") { Description = "Predictions per image.", DefaultValueFactory = _ => 5 };
        top.Validators.Add(result =>
        {
            // What is no number is not for this check to say: asking for its value would throw.
            if (result.Tokens is [var word] && int.TryParse(word.Value, CultureInfo.InvariantCulture, out var number) && number < 1)
                result.AddError("--top must be 1 or more.");
        });
        var command = new Command("classify", "Classifies image files exactly as the app does.") { model, images, top };
        command.SetAction((arguments, cancellation) => ModelArgument.RunAsync(
            arguments.GetRequiredValue(model),
            read => ClassifyAsync(read, arguments.GetRequiredValue(images), arguments.GetValue(top), cancellation)));
        return command;
    }

    private static async Task<int> ClassifyAsync(ModelVersion model, FileInfo[] images, int top, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddEnvironmentVariables().Build())
            .AddClassifier()
            .BuildServiceProvider();
        var classifier = services.GetRequiredService<ImageClassifier>();
        using var lease = services.GetRequiredService<SessionStore>().Lease(model);
        var failed = 0;
        foreach (var image in images)
        {
            try
            {
                var bytes = await File.ReadAllBytesAsync(image.FullName, cancellationToken);
                var (predictions, info) = await classifier.ClassifyAsync(lease, bytes, new PredictionOptions(top), new StageTimings(), cancellationToken);
                var table = new Table().Title(Markup.Escape($"{image.Name} ({info.Format}, {info.Width} x {info.Height})")).AddColumns("score", "label", "index");
                foreach (var prediction in predictions)
                    table.AddRow($"{prediction.Score:0.0000}", Markup.Escape(prediction.Label), $"{prediction.Index}");
                AnsiConsole.Write(table);
            }
            catch (ClassifierException failure)
            {
                failed++;
                await Console.Error.WriteLineAsync($"{image}: {failure.Message} {failure.InnerException?.Message}".TrimEnd());
            }
        }

        return failed == 0 ? 0 : 1;
    }
}
