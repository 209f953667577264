using Azure.Storage.Blobs;
using ClassifierFunctions.Results;
using ClassifierFunctions.Uploads;
using Microsoft.AspNetCore.Http;

namespace ClassifierFunctions.Http;

/// <summary>Answers a request for the result of an upload.</summary>
public sealed class ResultsEndpoint
{
    private readonly StorageConnection _connection;
    private readonly Lazy<BlobServiceClient> _blobs;
    private readonly Lazy<ResultStore> _results;
    private readonly StorageAccess _storage;
    private readonly TimeProvider _time;

    internal ResultsEndpoint(StorageConnection connection, Lazy<BlobServiceClient> blobs, Lazy<ResultStore> results, StorageAccess storage, TimeProvider time)
        => (_connection, _blobs, _results, _storage, _time) = (connection, blobs, results, storage, time);

    /// <param name="request">The request.</param>
    /// <param name="id">As <c>POST /api/uploads</c> gave it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ClassifierException">The answer is a problem.</exception>
    public async Task<IResult> GetAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        // Without storage there was never an upload.
        if (UploadTicket.TryParse(id) is not { } ticket || !_connection.IsConfigured)
            throw Unknown();
        return await _storage.UseAsync(cancellation => GetAsync(request.HttpContext, ticket, cancellation), cancellationToken).ConfigureAwait(false);
    }

    private async Task<IResult> GetAsync(HttpContext context, UploadTicket ticket, CancellationToken cancellationToken)
    {
        if (await _results.Value.ReadAsync(ticket.BlobName, cancellationToken).ConfigureAwait(false) is { } document)
            return ApiResult.Document(document);
        var upload = _blobs.Value.GetBlobContainerClient(AsyncOptions.Uploads).GetBlobClient(ticket.BlobName);
        bool uploaded = await upload.ExistsAsync(cancellationToken).ConfigureAwait(false);
        var left = ticket.ExpiresOn - _time.GetUtcNow();
        return uploaded || (left > TimeSpan.Zero && left <= AsyncOptions.MaxUploadUrlLifetime)
            ? ApiResult.Accepted(context, new PendingResult(ticket.Id, PendingResult.Pending, uploaded))
            : throw Unknown();
    }

    private static ClassifierException Unknown() => new(
        ClassifierError.UnknownResult, "There is no such upload, or it never came and its address has expired. POST /api/uploads gives a new one.");
}
