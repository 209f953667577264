using System.Threading.RateLimiting;
using ClassifierFunctions.Results;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Imaging;

/// <summary>
/// The memory that all decodes share: <see cref="LimitsOptions.DecodeMemoryMB"/>. Who needs more than is left waits, in the order of arrival, so that a
/// large image is not overtaken for ever by small ones.
/// </summary>
internal sealed class DecodeMemory(IOptions<LimitsOptions> limits) : IDisposable
{
    private const long BytesPerPermit = 1000;

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = (int)(limits.Value.DecodeMemoryBytes / BytesPerPermit),
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Waits for an image's share, which is held until the result is disposed.</summary>
    /// <param name="image">One that its decoder accepted, and which therefore fits.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<IDisposable> ReserveAsync(EncodedImage image, CancellationToken cancellationToken)
    {
        var lease = await _limiter.AcquireAsync((int)((image.WorkingBytes + BytesPerPermit - 1) / BytesPerPermit), cancellationToken).ConfigureAwait(false);
        return lease.IsAcquired ? lease : throw new ClassifierException(ClassifierError.Overloaded, "Too many images are waiting already. Try again in a moment.");
    }

    public void Dispose() => _limiter.Dispose();
}
