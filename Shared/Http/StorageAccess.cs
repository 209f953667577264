using ClassifierFunctions.Results;
using Microsoft.Extensions.Logging;

namespace ClassifierFunctions.Http;

/// <summary>Makes one kind of failure of everything that keeps a request from its storage.</summary>
internal sealed partial class StorageAccess(TimeProvider time, ILogger<StorageAccess> logger)
{
    // A storage that takes requests and does not answer would keep the caller for as long as all tries of the client take, which is minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="ClassifierException">The storage cannot be reached, or refuses the app.</exception>
    public async Task<T> UseAsync<T>(Func<CancellationToken, Task<T>> use, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await use(either.Token).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && fault.IsStorageFault())
        {
            Log.Unavailable(logger, Reason(fault));
            throw new ClassifierException(ClassifierError.StorageUnavailable, "The storage account cannot be used now. Try again in a moment.", fault);
        }
    }

    private static string Reason(Exception fault)
        => fault is OperationCanceledException ? "no answer in time" : ((fault as AggregateException)?.InnerException ?? fault).Message.Split('\n')[0].TrimEnd();

    private static partial class Log
    {
        [LoggerMessage(31, LogLevel.Warning, "Storage cannot be used: {Reason}")]
        public static partial void Unavailable(ILogger logger, string reason);
    }
}
