using Azure.Storage.Blobs.Models;

namespace ClassifierFunctions.Uploads;

/// <summary>The key that signs upload URLs in the name of the app's identity: fetched once by all who need it at a time, and kept while it lasts.</summary>
/// <param name="fetch">Fetches one that is valid until the given time.</param>
internal sealed class UserDelegationKeys(Func<DateTimeOffset, Task<UserDelegationKey>> fetch)
{
    // Storage allows seven days.
    private static readonly TimeSpan Spare = TimeSpan.FromHours(24);
    private static readonly TimeSpan ClockMargin = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private Task<UserDelegationKey>? _key;
    private DateTimeOffset _validUntil;

    /// <param name="until">How long the URL that it signs is to last: it ends with its key at the latest.</param>
    /// <param name="cancellationToken">Stops waiting; others may still wait for the same key.</param>
    public Task<UserDelegationKey> GetAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_key is null or { IsFaulted: true } or { IsCanceled: true } || _validUntil < until + ClockMargin)
            {
                _validUntil = until + Spare;
                _key = fetch(_validUntil);
            }

            return _key.WaitAsync(cancellationToken);
        }
    }
}
