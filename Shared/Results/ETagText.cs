using Azure;

namespace ClassifierFunctions.Results;

/// <summary>An ETag as text without quotes, so that one from a header equals the same one from a listing.</summary>
public static class ETagText
{
    public static string Unquoted(this ETag etag) => etag.ToString("H").Trim('"');
}
