using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>A blob's turn, as the Azure WebJobs SDK writes it into queues: its own, and the poison queue.</summary>
/// <param name="FunctionId"><c>Host.Functions.&lt;name&gt;</c>.</param>
/// <param name="ContainerName">Container of the blob.</param>
/// <param name="BlobName">Name within it.</param>
/// <param name="ETag">The blob's version, with its quotes.</param>
internal sealed record BlobTriggerMessage(string FunctionId, string ContainerName, string BlobName, string ETag)
{
    public string Type { get; init; } = "BlobTrigger";

    public string BlobType { get; init; } = "BlockBlob";

    /// <summary>Null for anything but such a message.</summary>
    public static BlobTriggerMessage? TryParse(BinaryData message)
    {
        try
        {
            return JsonSerializer.Deserialize(message.ToMemory().Span, BlobTriggerMessageContext.Default.BlobTriggerMessage)
                is { ContainerName: not null, BlobName: not null, ETag: not null } turn ? turn : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public BinaryData ToBinaryData()
        => BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(this, BlobTriggerMessageContext.Default.BlobTriggerMessage));
}

[JsonSerializable(typeof(BlobTriggerMessage))]
internal sealed partial class BlobTriggerMessageContext : JsonSerializerContext;
