using System.CommandLine;
using ClassifierFunctions.Models;

namespace ClassifierFunctions.ModelTool;

/// <summary>The model folder that every command takes first.</summary>
internal static class ModelArgument
{
    public static Argument<DirectoryInfo> Create()
        => new Argument<DirectoryInfo>("model") { Description = "Folder of the model: model.onnx with config.json or labels.txt." }.AcceptExistingOnly();

    /// <summary>Runs a command on the folder; a folder that cannot be used is one line on standard error, and exit code 1.</summary>
    public static async Task<int> RunAsync(DirectoryInfo folder, Func<ModelVersion, Task<int>> command)
    {
        try
        {
            return await command(ModelFolder.Read(folder.Name, "1", folder.FullName));
        }
        catch (ModelFormatException unusable)
        {
            await Console.Error.WriteLineAsync($"{folder}: {unusable.Message}");
            return 1;
        }
    }
}
