using Azure;
using Azure.Identity;
using Azure.Storage.Blobs.Models;

namespace ClassifierFunctions.Results;

internal static class StorageFault
{
    /// <summary>True when the storage could not be reached, or refused the app whatever it asked: no matter of this or that blob.</summary>
    public static bool IsStorageFault(this Exception failure) => failure switch
    {
        // 0: no answer at all.
        RequestFailedException answer => answer.Status is 0 or 401 or 403 or 408 or 429 or >= 500 || answer.ErrorCode == BlobErrorCode.ContainerBeingDeleted,
        AuthenticationFailedException => true,
        // An answer that broke off.
        IOException => true,
        // One try of several took too long.
        OperationCanceledException => true,
        AggregateException tries => tries.InnerExceptions.All(IsStorageFault),
        _ => false,
    };
}
