using Azure;
using Azure.Identity;

namespace ClassifierFunctions.ModelTool.Upload;

/// <summary>What the storage client throws, after its own tries.</summary>
internal static class StorageFailure
{
    /// <param name="failure">What was thrown, when nobody asked to stop.</param>
    public static bool Is(Exception failure)
        => failure is RequestFailedException or AuthenticationFailedException or AggregateException or OperationCanceledException or IOException;

    /// <summary>No answer at all.</summary>
    public static bool IsUnreachable(Exception failure) => Last(failure) is RequestFailedException { Status: 0 } or OperationCanceledException or IOException;

    /// <summary>Nobody is signed in, or whoever is may not do this.</summary>
    public static bool IsRefused(Exception failure) => Last(failure) is AuthenticationFailedException or RequestFailedException { Status: 401 or 403 };

    /// <summary>The reason in some words without a full stop.</summary>
    public static string Reason(Exception failure) => Last(failure) switch
    {
        RequestFailedException { Status: > 0 } answer => $"{answer.Status} {answer.ErrorCode}".TrimEnd(),
        CredentialUnavailableException => "nobody is signed in, for example with az login",
        OperationCanceledException => "no answer in time",
        var other => other.Message.AsSpan().Trim().ToString().Split('\n')[0].TrimEnd('\r', '.', ' '),
    };

    // Of several tries that failed, the last one tells.
    private static Exception Last(Exception failure) => failure is AggregateException { InnerExceptions: [.., var last] } ? Last(last) : failure;
}
