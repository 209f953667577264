using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ClassifierFunctions.Results;

internal static class BlobListing
{
    /// <summary>The blobs of a container; none when it does not exist.</summary>
    public static async IAsyncEnumerable<BlobItem> ListAsync(
        this BlobContainerClient container, BlobTraits traits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var blobs = container.GetBlobsAsync(traits, BlobStates.None, prefix: null, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(blobs).ConfigureAwait(false))
            yield return blobs.Current;
    }

    private static async Task<bool> MoveNextAsync(IAsyncEnumerator<BlobItem> blobs)
    {
        try
        {
            return await blobs.MoveNextAsync().ConfigureAwait(false);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            return false;
        }
    }
}
