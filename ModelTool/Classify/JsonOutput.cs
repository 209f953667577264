using System.Text.Json;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.ModelTool.Classify;

/// <summary>One JSON document: the app's answer to a request with several images, also for one.</summary>
/// <param name="model">The model.</param>
/// <param name="stream">Receives UTF-8.</param>
internal sealed class JsonOutput(ModelVersion model, Stream stream) : IResultOutput
{
    private readonly List<ImageResult> _results = [];

    public bool IsStreamed => false;

    public bool ShowsErrors => false;

    public void Add(ImageResult result) => _results.Add(result);

    public void Complete()
    {
        JsonSerializer.Serialize(stream, new BatchResult(model.Model, model.Version, _results), ClassifierJson.Types.BatchResult);
        stream.Write("\n"u8);
        stream.Flush();
    }
}
