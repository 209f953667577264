using System.CommandLine;
using System.Globalization;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.ModelTool;

/// <summary>The model folder that commands take first.</summary>
internal static class ModelArgument
{
    public static Argument<DirectoryInfo> Create()
        => new Argument<DirectoryInfo>("model") { Description = "Folder of the model, or of one of its versions." }.AcceptExistingOnly();

    /// <summary>Runs a command on the folder; a folder or model that cannot be used is one line on standard error, and exit code 1.</summary>
    public static async Task<int> RunAsync(DirectoryInfo folder, Func<ModelVersion, Task<int>> command)
    {
        try
        {
            return await command(Read(folder.FullName));
        }
        catch (Exception failure) when (failure is ModelFormatException or ClassifierException)
        {
            // ONNX Runtime says in the inner exception what the app would log.
            await Console.Error.WriteLineAsync($"{folder}: {failure.Message} {(failure as ClassifierException)?.InnerException?.Message}".TrimEnd());
            return 1;
        }
        catch (OptionsValidationException wrong)
        {
            await Console.Error.WriteLineAsync(string.Join("; ", wrong.Failures));
            return 1;
        }
    }

    /// <summary>Reads a folder as the app would if it lay in its models folder: models/flowers, or models/digits/2; of models/digits, the highest version.</summary>
    /// <exception cref="ModelFormatException">The folder cannot be served.</exception>
    public static ModelVersion Read(string folder)
    {
        var (model, version, path) = Locate(folder);
        return ModelFolder.Read(model, version, path);
    }

    /// <summary>What <see cref="Read"/> would read.</summary>
    public static (string Model, string Version, string Path) Locate(string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!ModelFolder.IsModel(folder) && Highest(folder) is { } version)
            folder = Path.Combine(folder, version);
        var (last, parent) = (Path.GetFileName(folder), Path.GetFileName(Path.GetDirectoryName(folder)));
        return IsVersion(last) && parent is { Length: > 0 } ? (parent, last, folder) : (last, "1", folder);
    }

    /// <summary>Whether a folder of that name holds a version of the model that the folder around it is named after.</summary>
    public static bool IsVersion(string folderName) => long.TryParse(folderName, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static string? Highest(string folder)
        => Directory.EnumerateDirectories(folder)
            .Where(ModelFolder.IsModel)
            .Select(path => Path.GetFileName(path))
            .Where(IsVersion)
            .MaxBy(name => long.Parse(name, NumberStyles.None, CultureInfo.InvariantCulture));
}
