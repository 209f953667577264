using System.Text.Json.Serialization;

namespace ClassifierFunctions.Results;

/// <summary>Which upload a result answers.</summary>
/// <param name="Name">Blob name within the uploads container.</param>
/// <param name="ETag">The upload's ETag: another upload to the same name has another one, and gets another result.</param>
/// <param name="Bytes">Size of the upload.</param>
/// <param name="Uploaded">When the upload was written.</param>
/// <param name="Classified">When the result was written.</param>
public sealed record UploadSource(
    string Name,
    [property: JsonPropertyName("etag")] string ETag,
    long Bytes,
    DateTimeOffset Uploaded,
    DateTimeOffset Classified);
