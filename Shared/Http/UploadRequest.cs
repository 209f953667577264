namespace ClassifierFunctions.Http;

/// <summary>The body of <c>POST /api/uploads</c>.</summary>
internal sealed record UploadRequest(string? FileName, string? Model);
