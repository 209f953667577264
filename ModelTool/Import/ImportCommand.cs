using System.CommandLine;
using ClassifierFunctions.Models;
using ClassifierFunctions.ModelTool.TensorFlow;
using Spectre.Console;

namespace ClassifierFunctions.ModelTool.Import;

/// <summary><c>import</c>: from a TensorFlow checkpoint or graph to a model folder that the app serves.</summary>
/// <remarks>
/// 1. Check all options, so that nothing is converted in vain.
/// 2. Convert.
/// 3. Choose labels and preprocessing that fit what came out.
/// 4. Write the folder and read it back.
/// </remarks>
internal static class ImportCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "Checkpoint prefix, folder with a checkpoint, frozen graph (.pb) or SavedModel folder." };
        var output = Many("--output", "Outputs to keep, with commas between them; found when not named.");
        var input = new Option<string>("--input") { Description = "The image's placeholder; found when not named." };
        var set = Many("--set", "Value of another placeholder, as phase_train=false; its inference value when not given.");
        var labels = new Option<string>("--labels") { Description = "File with one class per line, or the classes with commas between them." };
        var name = new Option<string>("--name") { Description = "Name of the model; that of --to, or of the path, when not given." };
        var preprocess = new Option<string>("--preprocess")
        {
            Description = "How images were prepared for training: words such as unit,bgr,opencv (a wrong one lists all), or a preprocessor_config.json.",
        };
        var to = new Option<string>("--to") { Description = "Model folder to write; models/<name> when not given." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace the model that is there." };
        var command = new Command("import", "Turns a TensorFlow 1 checkpoint, frozen graph or SavedModel into a model folder.")
        {
            path, output, input, set, labels, name, preprocess, to, overwrite,
        };
        command.SetAction((arguments, cancellation) => RunAsync(
            new ImportArguments
            {
                Source = arguments.GetRequiredValue(path),
                Outputs = arguments.GetValue(output) ?? [],
                Input = arguments.GetValue(input),
                Values = arguments.GetValue(set) ?? [],
                Labels = arguments.GetValue(labels),
                Name = arguments.GetValue(name),
                Preprocess = arguments.GetValue(preprocess),
                To = arguments.GetValue(to),
                Overwrite = arguments.GetValue(overwrite),
            },
            cancellation));
        return command;
    }

    private static Option<string[]> Many(string name, string description) => new(name) { Description = description };

    private static async Task<int> RunAsync(ImportArguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            // Elsewhere, so that Ctrl+C is heard meanwhile and what was written so far is taken away.
            await Task.Run(() => Import(ImportOptions.Parse(arguments), cancellationToken), CancellationToken.None);
            return 0;
        }
        catch (Exception failure) when (failure is ImportException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped; nothing was written.");
            return ExitCode.Interrupted;
        }
    }

    private static void Import(ImportOptions options, CancellationToken cancellationToken)
    {
        // :: Step 2
        var (report, writeOnnx, isMultiLabel) = TensorFlowImport.Convert(options, cancellationToken);
        // :: Step 3
        var labels = options.Labels.For(report.Outputs);
        var preprocessing = options.Preprocess.For(report.Input);
        // :: Step 4
        var model = ModelFolderWriter.Write(
            options.Target,
            new ModelFolderContent
            {
                WriteOnnx = writeOnnx,
                Input = report.Input,
                Labels = labels,
                IsMultiLabel = isMultiLabel,
                PreprocessorJson = preprocessing.Json,
                Card = model => ModelCard.Text(report, options, preprocessing, model),
            },
            cancellationToken);
        ImportReportView.Print(AnsiConsole.Console, report, preprocessing, model);
        AnsiConsole.Console.WriteLine(
            $"{options.TargetPath} is ready: {model.Labels.Count} {(model.Labels.Count == 1 ? "label" : "labels")}. Try it: dotnet run --project ModelTool -- classify {options.TargetPath} photo.jpg");
    }
}
