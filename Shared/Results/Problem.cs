using System.Text.Json.Serialization;

namespace ClassifierFunctions.Results;

/// <summary>A failure as RFC 9457 problem details (<c>application/problem+json</c>).</summary>
/// <param name="Type">Stable identifier of the kind of failure: <c>urn:classifier-functions:…</c>.</param>
/// <param name="Title">The kind of failure in words, the same for every occurrence.</param>
/// <param name="Status">HTTP status code.</param>
/// <param name="Detail">This occurrence, and what to do about it.</param>
public sealed record Problem(string Type, string Title, int Status, string Detail)
{
    public const string ContentType = "application/problem+json";

    /// <summary>Names of the models that do exist, when an unknown one was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>The outcome of each image, when a request had several and none succeeded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ImageResult>? Results { get; init; }

    public static Problem From(ClassifierException failure)
        => From(failure.Error, failure.Message) with { Models = failure.KnownModels };

    public static Problem From(ClassifierError error, string detail)
    {
        var (status, name, title) = error switch
        {
            ClassifierError.InvalidRequest => (400, "invalid-request", "The request is not valid."),
            ClassifierError.EmptyImage => (400, "empty-image", "The image has no bytes."),
            ClassifierError.TooManyImages => (400, "too-many-images", "The request has too many images."),
            ClassifierError.UnknownModel => (404, "unknown-model", "There is no such model."),
            ClassifierError.UnknownResult => (404, "unknown-result", "There is no such result."),
            ClassifierError.MethodNotAllowed => (405, "method-not-allowed", "This route does not have that method."),
            ClassifierError.TooManyBytes => (413, "too-many-bytes", "The content has too many bytes."),
            ClassifierError.TooManyPixels => (413, "too-many-pixels", "The image has too many pixels."),
            ClassifierError.UnsupportedImage => (415, "unsupported-image", "The content is not an image of a supported format."),
            ClassifierError.UndecodableImage => (422, "undecodable-image", "The image cannot be decoded."),
            ClassifierError.Overloaded => (503, "overloaded", "The service is overloaded."),
            ClassifierError.ModelUnavailable => (503, "model-unavailable", "The model cannot be used."),
            ClassifierError.StorageUnavailable => (503, "storage-unavailable", "The storage account cannot be used."),
            ClassifierError.UploadUrlsUnavailable => (501, "upload-urls-unavailable", "This app gives no upload addresses."),
            ClassifierError.UnreadableBlob => (409, "unreadable-blob", "The blob cannot be read."),
            ClassifierError.GaveUp => (500, "gave-up", "The image could not be classified after several tries."),
            ClassifierError.Internal => (500, "internal", "Something went wrong on our side."),
            _ => throw new ArgumentOutOfRangeException(nameof(error), error, null),
        };
        return new Problem("urn:classifier-functions:" + name, title, status, detail);
    }
}
