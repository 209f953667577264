using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.Uploads;

/// <summary>
/// Makes the addresses that callers upload to: a shared access signature for one new blob, signed in the name of the app's identity, or with the
/// emulator's key, which is no secret. A real account's key signs nothing: it could not be taken back without a new key for everybody.
/// </summary>
/// <param name="storage">Which account it is.</param>
/// <param name="blobs">Its client, made when first needed: HTTP works without any storage.</param>
/// <param name="time">Dates the key that signs.</param>
internal sealed class UploadUrls(StorageConnection storage, Lazy<BlobServiceClient> blobs, TimeProvider time)
{
    private static readonly TimeSpan ClockMargin = TimeSpan.FromMinutes(15);

    private readonly UserDelegationKeys _keys = new(async expiresOn =>
    {
        // Not from now on: storage refuses what a clock behind ours has not begun yet.
        var options = new BlobGetUserDelegationKeyOptions(expiresOn) { StartsOn = time.GetUtcNow() - ClockMargin };
        return await blobs.Value.GetUserDelegationKeyAsync(options).ConfigureAwait(false);
    });

    private volatile bool _containerExists;

    /// <summary>The address takes one PUT of a blob that does not exist yet, until the ticket expires. Whoever has it can do that: it is never logged.</summary>
    /// <exception cref="ClassifierException">This storage account has no such addresses.</exception>
    /// <exception cref="Azure.RequestFailedException">A fault of the storage.</exception>
    public async Task<Uri> CreateAsync(UploadTicket ticket, CancellationToken cancellationToken)
    {
        ThrowIfUnavailable();
        var container = blobs.Value.GetBlobContainerClient(AsyncOptions.Uploads);
        if (!_containerExists)
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            _containerExists = true;
        }

        var blob = container.GetBlobClient(ticket.BlobName);
        // No start, either.
        var sas = new BlobSasBuilder(BlobSasPermissions.Create, ticket.ExpiresOn)
        {
            BlobContainerName = blob.BlobContainerName,
            BlobName = blob.Name,
            Resource = "b",
            Protocol = storage.IsEmulator && blob.Uri.Scheme == Uri.UriSchemeHttp ? SasProtocol.HttpsAndHttp : SasProtocol.Https,
        };
        return storage.IsEmulator
            ? blob.GenerateSasUri(sas)
            : blob.GenerateUserDelegationSasUri(sas, await _keys.GetAsync(ticket.ExpiresOn, cancellationToken).ConfigureAwait(false));
    }

    private void ThrowIfUnavailable()
    {
        if (!storage.IsConfigured)
            throw Unavailable("The app has no storage account.");
        if (storage.ConnectionString is not null && !(storage.IsEmulator && blobs.Value.CanGenerateAccountSasUri))
            throw Unavailable("The app reaches its storage account by a connection string, whose key signs no addresses for others.");
    }

    private static ClassifierException Unavailable(string reason) => new(
        ClassifierError.UploadUrlsUnavailable,
        $"{reason} Set AzureWebJobsStorage__accountName instead of AzureWebJobsStorage, and give the app's managed identity the role Storage Blob Data Owner, which may also sign such addresses and write index tags.");
}
