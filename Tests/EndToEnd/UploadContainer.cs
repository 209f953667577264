using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>Uploads, and waits for results, as a client of the storage account.</summary>
internal sealed class UploadContainer(BlobServiceClient blobs)
{
    private readonly BlobContainerClient _uploads = blobs.GetBlobContainerClient("uploads");
    private readonly BlobContainerClient _results = blobs.GetBlobContainerClient("results");

    public async Task<string> UploadAsync(string name, byte[] bytes)
    {
        await _uploads.CreateIfNotExistsAsync();
        BlobContentInfo uploaded = await _uploads.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(bytes), overwrite: true);
        return uploaded.ETag.ToString("H").Trim('"');
    }

    public Task DeleteAsync(string name) => _uploads.GetBlobClient(name).DeleteIfExistsAsync();

    /// <summary>The result of just that version of an upload.</summary>
    public Task<JsonElement> ResultAsync(string name, string etag, TimeSpan? timeout = null)
        => Eventually.GetAsync(() => FindAsync(name, etag), timeout ?? TimeSpan.FromSeconds(30), $"A result for {name}").ContinueWith(
            found => found.GetAwaiter().GetResult()!.RootElement, TaskScheduler.Default);

    public async Task<IDictionary<string, string>> TagsAsync(string name) => (await Result(name).GetTagsAsync()).Value.Tags;

    public async Task<string?> ResultETagAsync(string name)
        => await Result(name).ExistsAsync() ? (await Result(name).GetPropertiesAsync()).Value.ETag.ToString() : null;

    /// <summary>The result that is there now, whichever version of the upload it answers.</summary>
    public async Task<JsonElement?> CurrentResultAsync(string name) => (await FindAsync(name))?.RootElement;

    /// <summary>ETags of the answered uploads by name of the result, which is more than the upload's by <c>.json</c>.</summary>
    public async Task<Dictionary<string, string>> AnsweredAsync()
    {
        var answered = new Dictionary<string, string>(StringComparer.Ordinal);
        if (await _results.ExistsAsync())
        {
            await foreach (var result in _results.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, null, CancellationToken.None))
                answered.Add(result.Name, result.Metadata["uploadetag"]);
        }

        return answered;
    }

    private async Task<JsonDocument?> FindAsync(string name, string etag)
        => await FindAsync(name) is { } document && document.RootElement.GetProperty("source").GetProperty("etag").GetString() == etag ? document : null;

    private async Task<JsonDocument?> FindAsync(string name)
    {
        try
        {
            BlobDownloadResult result = await Result(name).DownloadContentAsync();
            return JsonDocument.Parse(result.Content);
        }
        catch (Azure.RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    private BlobBaseClient Result(string name) => _results.GetBlobBaseClient(name + ".json");
}
