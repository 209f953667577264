using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>
/// Fills a storage account with what answered uploads leave behind: each with its result and its receipt, so that nothing is to be done for it. The
/// emulator looks at every blob that it has for each that is written, so 20,000 take it more than eight minutes: it writes one of each kind, and its database,
/// which is LokiJS's JSON, gets the copies.
/// </summary>
internal sealed class OldUploads(AzuriteFixture azurite)
{
    private const string Uploads = "uploads";
    private const string Results = "results";
    private const string Receipts = "azure-webjobs-hosts";

    private const string Database = "__azurite_db_blob__.json";
    private const string Blobs = "$BLOBS_COLLECTION$";

    private static readonly string[] Indices = ["accountName", "containerName", "name", "snapshot"];

    public async Task WriteAsync(int count)
    {
        foreach (var container in (string[])[Uploads, Results, Receipts])
            await WriteSampleAsync(azurite.Blobs().GetBlobContainerClient(container));
        await azurite.StopAsync();
        var path = Path.Combine(azurite.DataFolder, Database);
        var database = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        Multiply(database["collections"]!.AsArray().Single(collection => (string)collection!["name"]! == Blobs)!.AsObject(), count);
        await File.WriteAllTextAsync(path, database.ToJsonString());
        await azurite.StartAsync();
    }

    private static async Task WriteSampleAsync(BlobContainerClient container)
    {
        await container.CreateAsync();
        var metadata = container.Name == Results ? new Dictionary<string, string> { ["uploadetag"] = "" } : null;
        await container.GetBlobClient("sample").UploadAsync(BinaryData.FromString("{}"), new BlobUploadOptions { Metadata = metadata });
    }

    private static void Multiply(JsonObject collection, int count)
    {
        var samples = collection["data"]!.AsArray().ToDictionary(blob => (string)blob!["containerName"]!, blob => blob!.AsObject());
        var blobs = new List<JsonObject>(3 * count);
        for (var number = 0; number < count; number++)
        {
            // Of the form that POST /api/uploads gives.
            var name = string.Create(CultureInfo.InvariantCulture, $"squeezenet/{0x69000000 + number:x8}{Guid.NewGuid():N}/photo.jpg");
            var etag = $"0x1D{number:X13}";
            var result = Add(Results, name + ".json", etag);
            result["metadata"]!["uploadetag"] = etag;
            Add(Uploads, name, etag);
            Add(Receipts, $"blobreceipts/embedded/Host.Functions.ClassifyUpload/{etag}/uploads/{name}", etag);
        }

        collection["data"] = new JsonArray([.. blobs]);
        collection["maxId"] = blobs.Count;
        // Made again from the data.
        collection["idIndex"] = null;
        // These are not: positions in the order of the property.
        foreach (var index in Indices)
        {
            var keys = blobs.ConvertAll(blob => (string)blob[index]!);
            collection["binaryIndices"]![index]!["values"] = new JsonArray(
                [.. Enumerable.Range(0, keys.Count).OrderBy(position => keys[position], StringComparer.Ordinal).Select(position => JsonValue.Create(position))]);
        }

        JsonObject Add(string container, string name, string etag)
        {
            var blob = samples[container].DeepClone().AsObject();
            blobs.Add(blob);
            (blob["name"], blob["$loki"], blob["properties"]!["etag"]) = (name, blobs.Count, $"\"{etag}\"");
            blob["properties"]!["lastModified"] = DateTime.UtcNow.AddDays(-1).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            return blob;
        }
    }
}
