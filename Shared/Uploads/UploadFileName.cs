namespace ClassifierFunctions.Uploads;

/// <summary>What a caller may name an upload: anything that storage, and lists of it, can hold as the last part of a blob's name.</summary>
internal static class UploadFileName
{
    /// <summary>UTF-16 code units.</summary>
    public const int MaxLength = 200;

    public const string Rule = "fileName must be a plain name of 1 to 200 characters: no / or \\, no control characters, no dot at the end.";

    public static bool IsValid(string name)
        => name.Length is > 0 and <= MaxLength
            && !string.IsNullOrWhiteSpace(name)
            // Azure Storage drops it; so "." and ".." are no names either.
            && name[^1] != '.'
            && !name.AsSpan().ContainsAny('/', '\\')
            && BlobText.IsListable(name);
}
