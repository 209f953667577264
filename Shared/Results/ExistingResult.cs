using Azure;

namespace ClassifierFunctions.Results;

/// <summary>What stood at an upload's result when it was looked at.</summary>
/// <param name="AnswersUpload">True when it is the result of just this ETag of the upload.</param>
/// <param name="ETag">The result's own ETag; null when there was none.</param>
internal readonly record struct ExistingResult(bool AnswersUpload, ETag? ETag);
