namespace ClassifierFunctions.Http;

/// <summary>The answer of <c>POST /api/uploads</c>.</summary>
/// <param name="Id">Names the upload to <c>GET /api/results/{id}</c>.</param>
/// <param name="UploadUrl">Takes one PUT of the image, with the header <c>x-ms-blob-type: BlockBlob</c>.</param>
/// <param name="ResultUrl">Where the result will be.</param>
/// <param name="ExpiresOn">When <paramref name="UploadUrl"/> ends.</param>
internal sealed record UploadCreated(string Id, string UploadUrl, string ResultUrl, DateTimeOffset ExpiresOn);
