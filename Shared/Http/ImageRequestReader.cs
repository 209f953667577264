using System.Globalization;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Results;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ClassifierFunctions.Http;

/// <summary>
/// Reads the images of a request: JSON or multipart when Content-Type says so, otherwise the body is the image, whatever its type is called
/// (curl calls it <c>application/x-www-form-urlencoded</c>).
/// </summary>
internal sealed class ImageRequestReader(IOptions<LimitsOptions> options)
{
    private const int MaxBoundaryLength = 200;

    // For bodies of unknown length.
    private const int FirstBufferBytes = 64 * 1024;

    private readonly LimitsOptions _limits = options.Value;

    /// <exception cref="ClassifierException">The request has no image, too many, or is not of the form that it claims.</exception>
    public async Task<RequestImages> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        _ = MediaTypeHeaderValue.TryParse(request.ContentType, out var type);
        try
        {
            if (type is not null && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
                return await ReadMultipartAsync(request, type, cancellationToken).ConfigureAwait(false);
            return type is not null && IsJson(type)
                ? await ReadJsonAsync(request, cancellationToken).ConfigureAwait(false)
                : await ReadRawAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException and not BadHttpRequestException or InvalidDataException)
        {
            // A body that is no multipart, a chunk without end. A BadHttpRequestException has its own status and goes on as it is.
            throw Invalid("The body is not complete, or not of the form that its Content-Type says.");
        }
    }

    private static bool IsJson(MediaTypeHeaderValue type)
        => type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);

    private async Task<RequestImages> ReadRawAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var bytes = await ReadBodyAsync(request, _limits.MaxImageBytes, cancellationToken).ConfigureAwait(false) ?? throw TooManyBytes(_limits.MaxImageBytes);
        return new RequestImages([new RequestImage(null, bytes, null)], IsList: false);
    }

    private async Task<RequestImages> ReadJsonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = await ReadBodyAsync(request, _limits.MaxRequestBytes, cancellationToken).ConfigureAwait(false) ?? throw TooManyRequestBytes();
        return ImageJson.Read(body.Memory.Span, _limits);
    }

    private async Task<RequestImages> ReadMultipartAsync(HttpRequest request, MediaTypeHeaderValue type, CancellationToken cancellationToken)
    {
        if (request.ContentLength > _limits.MaxRequestBytes)
            throw TooManyRequestBytes();
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > MaxBoundaryLength)
            throw Invalid("multipart/form-data needs a boundary, which every HTTP client adds when it builds the body itself.");

        var images = new List<RequestImage>();
        var totalBytes = 0L;
        try
        {
            var reader = new MultipartReader(boundary, request.Body);
            while (await reader.ReadNextSectionAsync(cancellationToken).ConfigureAwait(false) is { } section)
            {
                // Form fields beside the files are none of our business.
                if (section.AsFileSection() is not { FileStream: { } stream } file)
                    continue;
                if (images.Count == _limits.MaxImagesPerRequest)
                    throw TooMany(_limits);
                var bytes = await PooledBytes.ReadAsync(stream, FirstBufferBytes, _limits.MaxImageBytes, cancellationToken).ConfigureAwait(false);
                totalBytes += bytes?.Memory.Length ?? _limits.MaxImageBytes;
                images.Add(bytes is null
                    ? new RequestImage(file.FileName, null, TooManyBytes(_limits.MaxImageBytes))
                    : new RequestImage(file.FileName, bytes, null));
                if (totalBytes > _limits.MaxRequestBytes)
                    throw TooManyRequestBytes();
            }

            return images.Count > 0
                ? new RequestImages(images, IsList: images.Count > 1)
                : throw Invalid("The form has no file. Send each image as a file part: curl -F image=@photo.jpg …");
        }
        catch
        {
            images.ForEach(image => image.Dispose());
            throw;
        }
    }

    // Null when it has too many bytes; nothing is read when the client announces that.
    private static async Task<PooledBytes?> ReadBodyAsync(HttpRequest request, long maxBytes, CancellationToken cancellationToken)
        => request.ContentLength > maxBytes
            ? null
            : await PooledBytes.ReadAsync(request.Body, (int)(request.ContentLength ?? FirstBufferBytes), maxBytes, cancellationToken).ConfigureAwait(false);

    internal static ClassifierException TooMany(LimitsOptions limits)
        => new(ClassifierError.TooManyImages, string.Create(CultureInfo.InvariantCulture, $"At most {limits.MaxImagesPerRequest} images fit in one request. Send several requests."));

    internal static ClassifierException TooManyBytes(long maxBytes)
        => new(ClassifierError.TooManyBytes, string.Create(CultureInfo.InvariantCulture, $"At most {maxBytes} bytes are accepted for an image. Send a smaller version of the image."));

    internal static ClassifierException TooManyRequestBytes()
        => new(ClassifierError.TooManyBytes, "The request has too many bytes. Send fewer or smaller images.");

    internal static ClassifierException Invalid(string message) => new(ClassifierError.InvalidRequest, message);
}
