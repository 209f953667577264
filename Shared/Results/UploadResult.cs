using System.Text.Json.Serialization;

namespace ClassifierFunctions.Results;

/// <summary>The document that answers an upload: <c>results/&lt;path&gt;.json</c>.</summary>
public sealed record UploadResult
{
    /// <summary>Names the form of the document: docs/upload-result.schema.json. Another number is another form; new fields alone are not.</summary>
    public const string SchemaId = "urn:classifier-functions:upload-result:1";

    public const string Succeeded = "succeeded";
    public const string Failed = "failed";

    [JsonPropertyName("$schema")]
    public string Schema { get; init; } = SchemaId;

    /// <summary><see cref="Succeeded"/> or <see cref="Failed"/>.</summary>
    public required string Status { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Version { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Prediction>? Predictions { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImageInfo? Image { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Problem? Error { get; init; }

    public required UploadSource Source { get; init; }
}
