namespace ClassifierFunctions.Inference;

/// <summary>Joins images that come at the same time into one run. Thread-safe.</summary>
/// <remarks>
/// One run at a time: what comes while it lasts waits, and is the next batch. So a lone image never waits, and batches grow with the load by
/// themselves. Beyond that, a batch that is not full waits, up to the configured delay, for images that are announced: those being decoded now.
/// A batch that fails is run again image by image, so that an image that the model cannot take fails alone.
/// </remarks>
/// <typeparam name="T">An image's buffers.</typeparam>
/// <param name="maxSize">Most images in one run.</param>
/// <param name="maxDelay">Longest wait for announced images.</param>
/// <param name="time">Measures the delay.</param>
/// <param name="run">Runs a batch of at least one image; its token stops the run.</param>
/// <param name="onShrunk">Told the new, smaller size after a batch failed whose images could be run alone.</param>
internal sealed class Batcher<T>(
    int maxSize, TimeSpan maxDelay, TimeProvider time, Action<IReadOnlyList<T>, CancellationToken> run, Action<int, Exception> onShrunk)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Item> _waiting = [];
    private int _announced;
    private int _maxSize = maxSize;
    private bool _isRunning;
    private TaskCompletionSource? _change;

    /// <summary>Most images in one run; fewer than at first after batches failed.</summary>
    public int MaxSize => Volatile.Read(ref _maxSize);

    /// <summary>Makes batches smaller: for a device without memory for so many.</summary>
    /// <param name="size">The new size, 1 or more.</param>
    /// <param name="failure">Why.</param>
    public void Shrink(int size, Exception failure)
    {
        lock (_lock)
            _maxSize = Math.Min(_maxSize, size);
        onShrunk(size, failure);
    }

    /// <summary>Says that an image is about to come, until the result is disposed.</summary>
    public Announcement Announce()
    {
        lock (_lock)
            _announced++;
        return new Announcement(this);
    }

    /// <summary>Runs an image, alone or with others.</summary>
    /// <param name="image">Used until the result is there, cancelled or not.</param>
    /// <param name="announcement">The image's own, which ends here; null when it has none.</param>
    /// <param name="cancellationToken">Takes the image out of the queue; a run is stopped only when all of its images are cancelled.</param>
    public async Task<BatchRun> RunAsync(T image, Announcement? announcement, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var item = new Item(image, cancellationToken);
        bool leads;
        lock (_lock)
        {
            _waiting.AddLast(item);
            // With the same lock: whoever waits for the image sees it come, not only its announcement go.
            announcement?.End();
            leads = !_isRunning;
            _isRunning = true;
            _change?.TrySetResult();
        }

        using var cancellation = cancellationToken.UnsafeRegister(_ => Drop(item), null);
        if (leads)
            await LeadAsync().ConfigureAwait(false);
        return await item.Done.Task.ConfigureAwait(false);
    }

    private void Drop(Item item)
    {
        lock (_lock)
        {
            if (_waiting.Remove(item))
                item.Done.SetCanceled(item.Cancellation);
        }
    }

    // Runs one batch, the caller's own image in it; the rest is led by nobody's request, because its answer should not wait for it.
    private async Task LeadAsync()
    {
        Run(await NextAsync().ConfigureAwait(false));
        lock (_lock)
        {
            _isRunning = _waiting.Count > 0;
            if (!_isRunning)
                return;
        }

        _ = Task.Run(LeadAsync);
    }

    private async Task<List<Item>> NextAsync()
    {
        using var delay = new CancellationTokenSource(maxDelay > TimeSpan.Zero ? maxDelay : Timeout.InfiniteTimeSpan, time);
        while (true)
        {
            Task change;
            lock (_lock)
            {
                if (_waiting.Count >= _maxSize || _announced == 0 || maxDelay <= TimeSpan.Zero || delay.IsCancellationRequested)
                    return Take();
                _change = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                change = _change.Task;
            }

            await change.WaitAsync(delay.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private List<Item> Take()
    {
        _change = null;
        var batch = new List<Item>(Math.Min(_waiting.Count, _maxSize));
        while (batch.Count < _maxSize && _waiting.First is { } first)
        {
            _waiting.RemoveFirst();
            batch.Add(first.Value);
        }

        return batch;
    }

    private void Run(List<Item> batch)
    {
        var started = time.GetTimestamp();
        if (batch.Count <= 1)
        {
            // None, when the only image was cancelled meanwhile.
            foreach (var item in batch)
                RunAlone(item, started);
            return;
        }

        using var allCancelled = new CancellationTokenSource();
        var left = batch.Count;
        var cancellations = batch.ConvertAll(item => item.Cancellation.UnsafeRegister(
            _ =>
            {
                if (Interlocked.Decrement(ref left) == 0)
                    allCancelled.Cancel();
            },
            null));
        try
        {
            run(batch.ConvertAll(item => item.Image), allCancelled.Token);
            var done = new BatchRun(started, time.GetTimestamp(), batch.Count);
            foreach (var item in batch)
                item.Finish(done);
        }
        catch (Exception failure)
        {
            foreach (var item in batch)
                RunAlone(item, started);
            // All of them: an image that fails alone, too, says nothing about batches.
            if (!batch.Any(item => item.Done.Task.IsFaulted) && batch.Any(item => item.Done.Task.IsCompletedSuccessfully))
                Shrink(batch.Count / 2, failure);
        }
        finally
        {
            cancellations.ForEach(cancellation => cancellation.Dispose());
        }
    }

    private void RunAlone(Item item, long started)
    {
        try
        {
            item.Cancellation.ThrowIfCancellationRequested();
            run([item.Image], item.Cancellation);
            item.Finish(new BatchRun(started, time.GetTimestamp(), 1));
        }
        catch (OperationCanceledException) when (item.Cancellation.IsCancellationRequested)
        {
            item.Done.TrySetCanceled(item.Cancellation);
        }
        catch (Exception failure)
        {
            item.Done.TrySetException(failure);
        }
    }

    /// <summary>An image that is about to come; disposing it says that it does not, unless it has.</summary>
    public sealed class Announcement(Batcher<T> batcher) : IDisposable
    {
        private bool _hasEnded;

        public void Dispose()
        {
            lock (batcher._lock)
                End();
        }

        // Under the batcher's lock.
        internal void End()
        {
            if (_hasEnded)
                return;
            _hasEnded = true;
            batcher._announced--;
            batcher._change?.TrySetResult();
        }
    }

    private sealed record Item(T Image, CancellationToken Cancellation)
    {
        public TaskCompletionSource<BatchRun> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Finish(BatchRun run)
        {
            if (Cancellation.IsCancellationRequested)
                Done.TrySetCanceled(Cancellation);
            else
                Done.TrySetResult(run);
        }
    }
}
