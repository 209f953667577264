using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClassifierFunctions.Http;
using ClassifierFunctions.Models;

namespace ClassifierFunctions.Results;

/// <summary>Source-generated serialisers of everything that the app writes, and of the requests that are small JSON.</summary>
[JsonSerializable(typeof(ClassificationResult))]
[JsonSerializable(typeof(BatchResult))]
[JsonSerializable(typeof(UploadResult))]
[JsonSerializable(typeof(UploadRequest))]
[JsonSerializable(typeof(UploadCreated))]
[JsonSerializable(typeof(PendingResult))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelEntry))]
[JsonSerializable(typeof(HealthStatus))]
internal sealed partial class ClassifierJson : JsonSerializerContext
{
    // The answers are JSON documents, never HTML: a label such as "chêne" stays readable.
    public static ClassifierJson Types { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
