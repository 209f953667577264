namespace ClassifierFunctions.Imaging;

/// <summary>
/// Says when a decode must end: it is cancelled, or has used its processor time. Belongs to the thread that made it. Codecs cannot be interrupted, but
/// they stop when their input ends: <see cref="EncodedStream"/> asks here before each read.
/// </summary>
internal sealed class DecodeMeter
{
    private readonly TimeSpan _limit;
    private readonly TimeSpan _end;
    private readonly Func<TimeSpan> _processorTime;
    private readonly CancellationToken _cancellationToken;

    /// <param name="limit">Processor time that may be used from now on.</param>
    /// <param name="processorTime">Processor time of the current thread so far.</param>
    /// <param name="cancellationToken">Stops the decode.</param>
    public DecodeMeter(TimeSpan limit, Func<TimeSpan> processorTime, CancellationToken cancellationToken)
    {
        _limit = limit;
        _end = processorTime() + limit;
        _processorTime = processorTime;
        _cancellationToken = cancellationToken;
    }

    public bool MustStop => _cancellationToken.IsCancellationRequested || _processorTime() > _end;

    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="Results.ClassifierException">Too slow.</exception>
    public void ThrowIfStopped(ImageFormat format)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (_processorTime() > _end)
            throw DecodeFailures.TooSlow(format, _limit);
    }
}
