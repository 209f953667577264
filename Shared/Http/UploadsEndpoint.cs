using System.Text.Json;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using ClassifierFunctions.Uploads;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Http;

/// <summary>Answers a request for an address to upload to.</summary>
public sealed class UploadsEndpoint
{
    private const int MaxBodyBytes = 16 * 1024;
    private const string Form = "Send {\"fileName\": \"cat.jpg\"}, with \"model\" beside it if it is not to be the default one; then PUT the image to the answer's uploadUrl.";

    private readonly ModelCatalog _catalog;
    private readonly UploadUrls _urls;
    private readonly StorageAccess _storage;
    private readonly ResultAddress _address;
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _time;

    internal UploadsEndpoint(
        ModelCatalog catalog, UploadUrls urls, StorageAccess storage, ResultAddress address, IOptions<AsyncOptions> options, TimeProvider time)
        => (_catalog, _urls, _storage, _address, _lifetime, _time) = (catalog, urls, storage, address, options.Value.UploadUrlLifetime, time);

    /// <exception cref="ClassifierException">The answer is a problem.</exception>
    public async Task<IResult> CreateAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (fileName, modelName) = await ReadAsync(request, cancellationToken).ConfigureAwait(false);
        if (string.IsNullOrEmpty(fileName))
            throw Invalid("The JSON has no fileName.");
        if (!UploadFileName.IsValid(fileName))
            throw ImageRequestReader.Invalid(UploadFileName.Rule);
        // Also the default model is written into the name: another default tomorrow changes nothing for this upload.
        var model = _catalog.Find(modelName, version: null).Model;
        var ticket = UploadTicket.Create(model, fileName, _time.GetUtcNow() + _lifetime);
        var resultUrl = _address.From(request, ticket.Id);
        var uploadUrl = await _storage.UseAsync(cancellation => _urls.CreateAsync(ticket, cancellation), cancellationToken).ConfigureAwait(false);
        request.HttpContext.Response.Headers.Location = resultUrl;
        return ApiResult.Created(request.HttpContext, new UploadCreated(ticket.Id, uploadUrl.AbsoluteUri, resultUrl, ticket.ExpiresOn));
    }

    private static async Task<UploadRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var body = request.ContentLength > MaxBodyBytes
                ? null
                : await PooledBytes.ReadAsync(request.Body, (int)(request.ContentLength ?? MaxBodyBytes), MaxBodyBytes, cancellationToken).ConfigureAwait(false);
            if (body is null)
                throw new ClassifierException(ClassifierError.TooManyBytes, $"The body has more than {MaxBodyBytes} bytes; it only names the file. {Form}");
            return JsonSerializer.Deserialize(body.Memory.Span, ClassifierJson.Types.UploadRequest) ?? throw Invalid("The body is null.");
        }
        catch (Exception failure) when (failure is IOException and not BadHttpRequestException)
        {
            throw Invalid("The body is not complete.");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw Invalid("The body is not JSON of the expected form.");
        }
    }

    private static ClassifierException Invalid(string reason) => ImageRequestReader.Invalid($"{reason} {Form}");
}
