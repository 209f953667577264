using System.Runtime.CompilerServices;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>
/// Names and ETags of a container's blobs, from the answer of List Blobs itself. The client library makes a document and an object with forty
/// properties of each blob, which takes several times the processor time; its pipeline signs and retries here, too.
/// </summary>
internal sealed class BlobListing(BlobServiceClient service)
{
    private readonly HttpPipeline _pipeline = Pipeline.Of(service);

    /// <summary>Up to 5,000 blobs at a time, in order of their names.</summary>
    /// <exception cref="RequestFailedException">The storage refused, or there is no such container.</exception>
    public async IAsyncEnumerable<IReadOnlyList<ListedBlob>> PagesAsync(
        string container, string? prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? marker = null;
        do
        {
            (var page, marker) = await PageAsync(container, prefix, marker, cancellationToken).ConfigureAwait(false);
            yield return page;
        }
        while (marker is not null);
    }

    private async Task<(IReadOnlyList<ListedBlob> Blobs, string? NextMarker)> PageAsync(
        string container, string? prefix, string? marker, CancellationToken cancellationToken)
    {
        using var message = _pipeline.CreateMessage();
        message.BufferResponse = false;
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(service.GetBlobContainerClient(container).Uri);
        message.Request.Uri.AppendQuery("restype", "container");
        message.Request.Uri.AppendQuery("comp", "list");
        if (prefix is not null)
            message.Request.Uri.AppendQuery("prefix", prefix);
        if (marker is not null)
            message.Request.Uri.AppendQuery("marker", marker);
        message.Request.Headers.Add("x-ms-version", StorageConnection.BlobApiVersion);
        message.Request.Headers.Add("Accept", "application/xml");
        await _pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return message.Response.IsError
            ? throw Failed(message.Response)
            : await BlobListingReader.ReadAsync(message.Response.ContentStream!, cancellationToken).ConfigureAwait(false);
    }

    // The emulator has no words for what it cannot list, such as names with characters that XML has not: the client would miss them.
    private static RequestFailedException Failed(Response answer)
        => answer.Status < 500 ? new RequestFailedException(answer) : new RequestFailedException(answer.Status, $"Listing blobs failed with status {answer.Status}.");

    // What the client library has for packages that derive from it.
    private sealed class Pipeline : BlobServiceClient
    {
        public static HttpPipeline Of(BlobServiceClient service) => GetHttpPipeline(service);
    }
}
