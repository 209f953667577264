using System.Text.Json;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.ModelTool.Images;

/// <summary>One JSON document: the app's answer to a request with several images, also for one.</summary>
/// <param name="stream">Receives UTF-8.</param>
internal sealed class JsonOutput(Stream stream) : IResultOutput
{
    private readonly List<ImageResult> _results = [];

    public bool IsStreamed => false;

    public bool ShowsErrors => false;

    public void Add(ImageResult result) => _results.Add(result);

    public void Complete(string model, string version)
    {
        JsonSerializer.Serialize(stream, new BatchResult(model, version, _results), ClassifierJson.Types.BatchResult);
        stream.Write("\n"u8);
        stream.Flush();
    }
}
