using ClassifierFunctions.Results;

namespace ClassifierFunctions.ModelTool.Images;

/// <summary>The results on standard output, what failed on standard error, and the exit code for both.</summary>
internal sealed class ResultReport(IResultOutput output)
{
    private readonly List<ImageResult> _failed = [];
    private int _count;

    public void Add(ImageResult result)
    {
        output.Add(result);
        _count++;
        if (result.Error is not null)
            _failed.Add(result);
    }

    /// <summary>Writes what is left to write.</summary>
    /// <param name="model">Name of the model that answered; empty when none did.</param>
    /// <param name="version">Its version; empty when none did.</param>
    /// <returns>0 when no image failed, else 1.</returns>
    public async Task<int> CompleteAsync(string model, string version)
    {
        output.Complete(model, version);
        foreach (var result in output.ShowsErrors ? [] : _failed)
            await Console.Error.WriteLineAsync($"{result.FileName}: {result.Error!.Detail}");
        if (_failed.Count == 0)
            return 0;
        await Console.Error.WriteLineAsync($"{_failed.Count} of {_count} images could not be classified.");
        return 1;
    }
}
