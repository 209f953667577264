using System.Text.Json;

namespace ClassifierFunctions.Uploads;

/// <summary>
/// The message that a blob trigger leaves in <c>webjobs-blobtrigger-poison</c> after its last try, in the Azure WebJobs SDK's form. Only what
/// is needed is read.
/// </summary>
/// <param name="ContainerName">Container of the blob.</param>
/// <param name="BlobName">Name within it.</param>
/// <param name="ETag">The version of the blob that could not be processed, without quotes.</param>
public sealed record PoisonedUpload(string ContainerName, string BlobName, string ETag)
{
    /// <exception cref="FormatException">Not such a message.</exception>
    public static PoisonedUpload Parse(string message)
    {
        try
        {
            using var json = JsonDocument.Parse(message);
            return new PoisonedUpload(Read(json, nameof(ContainerName)), Read(json, nameof(BlobName)), Read(json, nameof(ETag)).Trim('"'));
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("The poison message is not that of a blob trigger.", failure);
        }
    }

    private static string Read(JsonDocument json, string name)
        => json.RootElement.GetProperty(name).GetString() ?? throw new FormatException($"The poison message has no {name}.");
}
