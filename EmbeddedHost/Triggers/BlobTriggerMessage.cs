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

    /// <exception cref="JsonException">Not such a message.</exception>
    public static BlobTriggerMessage Parse(BinaryData message)
        => JsonSerializer.Deserialize(message.ToMemory().Span, BlobTriggerMessageContext.Default.BlobTriggerMessage) ?? throw new JsonException("The message is null.");

    public BinaryData ToBinaryData()
        => BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(this, BlobTriggerMessageContext.Default.BlobTriggerMessage));
}

[JsonSerializable(typeof(BlobTriggerMessage))]
internal sealed partial class BlobTriggerMessageContext : JsonSerializerContext;
