using System.CommandLine;
using ClassifierFunctions.Models;
using ClassifierFunctions.ModelTool.TensorFlow;
using Spectre.Console;

namespace ClassifierFunctions.ModelTool.Inspect;

/// <summary><c>inspect</c>: what is in a model folder, an ONNX file, or a graph or checkpoint of TensorFlow.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "Model folder, .onnx file, or TensorFlow checkpoint, frozen graph or SavedModel." };
        var command = new Command("inspect", "Shows what the app makes of a model folder, or what is in a model file: inputs, outputs, layers, parameters.") { path };
        command.SetAction((arguments, _) => Task.FromResult(Inspect(arguments.GetRequiredValue(path), AnsiConsole.Console)));
        return command;
    }

    private static int Inspect(string path, IAnsiConsole console)
    {
        try
        {
            Show(path, console);
            return 0;
        }
        catch (ImportException unusable)
        {
            Console.Error.WriteLine(unusable.Message);
            return 1;
        }
        catch (Exception failure) when (failure is ModelFormatException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{path}: {failure.Message}");
            return 1;
        }
    }

    // A folder may hold both: then the model is what was made of the other.
    private static bool IsTensorFlow(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder)];
        return !files.Any(file => Path.GetExtension(file) == ".onnx")
            && files.Any(file => Path.GetFileName(file) == "checkpoint" || Path.GetExtension(file) is ".pb" or ".meta" or ".index");
    }

    // What begins here as a path may also be the prefix of a checkpoint, of which no file has that name.
    private static void Show(string path, IAnsiConsole console)
    {
        if (File.Exists(path) && Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase))
            OnnxFileView.Print(console, OnnxFile.Read(path));
        else if (Directory.Exists(path) && !IsTensorFlow(path))
            ModelFolderView.Print(console, ModelArgument.Read(path));
        else
            TensorFlowView.Print(console, path);
    }
}
