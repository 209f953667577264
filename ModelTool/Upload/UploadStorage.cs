using Azure.Storage.Blobs;
using ClassifierFunctions.Configuration;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.ModelTool.Upload;

/// <summary>The two containers of the asynchronous path.</summary>
internal sealed class UploadStorage
{
    // Signing in may ask several places for an identity.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(20);

    private UploadStorage(BlobServiceClient service, AsyncOptions options)
    {
        Uploads = service.GetBlobContainerClient(AsyncOptions.Uploads);
        Results = service.GetBlobContainerClient(options.ResultsContainer);
        // Without the query, which may be a signature.
        Address = service.Uri.GetLeftPart(UriPartial.Path).TrimEnd('/');
    }

    public BlobContainerClient Uploads { get; }

    public BlobContainerClient Results { get; }

    /// <summary>The account's, for people.</summary>
    public string Address { get; }

    /// <summary>Finds out whether the account can be used, and makes the uploads container where the app did not yet do so.</summary>
    /// <exception cref="StorageException">It cannot be used.</exception>
    /// <exception cref="StartupException">The setting is malformed.</exception>
    public static async Task<UploadStorage> ConnectAsync(StorageConnection connection, AsyncOptions options, CancellationToken cancellationToken)
    {
        var storage = new UploadStorage(Client(connection), options);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ConnectTimeout);
        try
        {
            // Whoever may upload may not always make containers.
            if (!await storage.Uploads.ExistsAsync(timeout.Token))
                await storage.Uploads.CreateIfNotExistsAsync(cancellationToken: timeout.Token);
            return storage;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && StorageFailure.Is(failure))
        {
            throw storage.Unusable(failure);
        }
    }

    public StorageException Unusable(Exception failure)
    {
        var reason = StorageFailure.Reason(failure);
        if (StorageFailure.IsUnreachable(failure))
        {
            return new StorageException($"The storage account at {Address} cannot be reached: {reason}. Start the app, which brings the emulator with it, "
                + "or set AzureWebJobsStorage or --storage to the account that the app uses.");
        }

        return new StorageException(StorageFailure.IsRefused(failure)
            ? $"The storage account at {Address} refuses access: {reason}. Check the connection string; an identity needs the role Storage Blob Data Contributor."
            : $"The storage account at {Address} cannot be used: {reason}.");
    }

    private static BlobServiceClient Client(StorageConnection connection)
    {
        try
        {
            return connection.CreateBlobServiceClient();
        }
        catch (ArgumentException insecure)
        {
            throw new StartupException($"The storage account cannot be used: {insecure.Message}");
        }
    }
}
