using Azure;

namespace ClassifierFunctions.Results;

/// <summary>What stood at an upload's result when it was looked at.</summary>
/// <param name="UploadETag">The version of the upload that it answers; null when there was none.</param>
/// <param name="ETag">The result's own ETag; null when there was none.</param>
internal readonly record struct ExistingResult(string? UploadETag, ETag? ETag);
