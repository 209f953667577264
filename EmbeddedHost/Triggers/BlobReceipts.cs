using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>
/// Which version of which blob a function is done with, kept where Azure keeps it:
/// <c>azure-webjobs-hosts/blobreceipts/&lt;host&gt;/&lt;function&gt;/&lt;etag&gt;/&lt;container&gt;/&lt;blob&gt;</c>.
/// </summary>
internal sealed class BlobReceipts(BlobServiceClient service, string hostId, string functionId)
{
    // A blob's name has 1,024 characters at most, and what stands in front of it here needs room.
    private const int MaxNameInKey = 800;

    private readonly BlobContainerClient _container = service.GetBlobContainerClient("azure-webjobs-hosts");
    private readonly BlobListing _listing = new(service);
    private readonly string _prefix = $"blobreceipts/{hostId}/{functionId}/";

    /// <summary>All receipts, as <see cref="Key"/> names them.</summary>
    public async Task<HashSet<string>> LoadAsync(CancellationToken cancellationToken)
    {
        var receipts = new HashSet<string>(StringComparer.Ordinal);
        await _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await foreach (var page in _listing.PagesAsync(_container.Name, _prefix, cancellationToken).ConfigureAwait(false))
        {
            foreach (var receipt in page)
                receipts.Add(receipt.Name[_prefix.Length..]);
        }

        return receipts;
    }

    public async Task<bool> ExistsAsync(string key, CancellationToken cancellationToken)
        => await _container.GetBlobClient(_prefix + key).ExistsAsync(cancellationToken).ConfigureAwait(false);

    public async Task WriteAsync(string key, CancellationToken cancellationToken)
        => await _container.GetBlobClient(_prefix + key).UploadAsync(BinaryData.Empty, overwrite: true, cancellationToken).ConfigureAwait(false);

    public static string Key(ETag etag, string container, string blob)
        => $"{etag.Unquoted()}/{container}/{(blob.Length <= MaxNameInKey ? blob : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(blob))))}";
}
