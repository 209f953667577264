using ClassifierFunctions.Results;

namespace ClassifierFunctions.ModelTool.Upload;

/// <summary>Failures of files that are none of the app's: RFC 9457 has no type for them but that of the status itself.</summary>
internal static class StorageProblem
{
    public static Problem NotUploaded(string reason) => BadGateway($"The upload failed: {reason}.");

    public static Problem InvalidResult(string reason) => BadGateway($"The result cannot be read: {reason}");

    public static Problem NoResult() => new("about:blank", "Gateway Timeout", 504, "There is no result yet.");

    private static Problem BadGateway(string detail) => new("about:blank", "Bad Gateway", 502, detail);
}
