using ClassifierFunctions.Results;
using ClassifierFunctions.Telemetry;

namespace ClassifierFunctions.Inference;

/// <summary>
/// Lets as many images in at once as there are processors: more would take their decoded pixels into memory and finish no sooner. The others wait, up
/// to <see cref="InferenceOptions.MaxQueueLength"/> for each model.
/// </summary>
/// <remarks>
/// A free processor goes to the model that has used them least among those that wait, so that a flood for one model, or one whose images take long,
/// does not keep the others waiting: start-time fair queueing (Goyal, Vin, Cheng: SIGCOMM 1996), with the time used as virtual time.
/// Within a model, first come, first served.
/// </remarks>
internal sealed class InferenceQueue(InferenceOptions options, TimeProvider time, int processors) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private int _free = processors;

    // Virtual time: what the lane that got the last processor had used. A lane that comes back from idleness starts here, without savings.
    private long _clock;

    /// <summary>Images of a model that wait.</summary>
    public int Length(string model)
    {
        lock (_lock)
            return LaneOf(model).Waiting.Count;
    }

    /// <summary>Waits for a processor.</summary>
    /// <param name="model">Whose image it is.</param>
    /// <param name="maxInFlight">Most images of the model between this call's end and the turn's: bounds what is prepared and waits for its batch.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ClassifierException">Too many wait already.</exception>
    public ValueTask<Turn> EnterAsync(string model, int maxInFlight, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (_lock)
        {
            var lane = LaneOf(model);
            if (_free > 0 && lane.Waiting.Count == 0 && lane.InFlight < maxInFlight)
                return ValueTask.FromResult(Start(lane));
            if (lane.Waiting.Count >= options.MaxQueueLength)
                throw Overloaded();
            waiter = new Waiter(maxInFlight);
            Activate(lane);
            lane.Waiting.AddLast(waiter);
        }

        return new(WaitAsync(waiter, model, cancellationToken));
    }

    /// <summary>True when the next <see cref="EnterAsync"/> would be refused.</summary>
    public bool IsFull(string model)
    {
        lock (_lock)
            return _free == 0 && LaneOf(model).Waiting.Count >= options.MaxQueueLength;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var lane in _lanes.Values)
                lane.Gauge.Dispose();
        }
    }

    /// <summary>What a refused image gets.</summary>
    public static ClassifierException Overloaded() => new(ClassifierError.Overloaded, "Too many images are waiting already. Try again in a moment.");

    private async Task<Turn> WaitAsync(Waiter waiter, string model, CancellationToken cancellationToken)
    {
        using var cancellation = cancellationToken.UnsafeRegister(_ => Drop(waiter, model, cancellationToken), null);
        return await waiter.Turn.Task.ConfigureAwait(false);
    }

    private void Drop(Waiter waiter, string model, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // Not there any more when its turn has come meanwhile.
            if (LaneOf(model).Waiting.Remove(waiter))
                waiter.Turn.SetCanceled(cancellationToken);
        }
    }

    private Lane LaneOf(string model)
    {
        if (!_lanes.TryGetValue(model, out var lane))
            _lanes.Add(model, lane = new Lane(ClassifierTelemetry.ObserveQueue(model, () => Length(model))));
        return lane;
    }

    private void Activate(Lane lane)
    {
        if (lane.InFlight == 0 && lane.Waiting.Count == 0)
            lane.Used = Math.Max(lane.Used, _clock);
    }

    private Turn Start(Lane lane)
    {
        Activate(lane);
        _clock = Math.Max(_clock, lane.Used);
        _free--;
        lane.InFlight++;
        return new Turn(this, lane, time.GetTimestamp());
    }

    private void FreeProcessor(Lane lane, long started)
    {
        lock (_lock)
        {
            lane.Used += time.GetTimestamp() - started;
            _free++;
            Dispatch();
        }
    }

    private void Leave(Lane lane)
    {
        lock (_lock)
        {
            lane.InFlight--;
            Dispatch();
        }
    }

    private void Dispatch()
    {
        while (_free > 0)
        {
            var next = _lanes.Values
                .Where(lane => lane.Waiting.First is { } first && lane.InFlight < first.Value.MaxInFlight)
                .MinBy(lane => lane.Used);
            if (next is null)
                return;
            var waiter = next.Waiting.First!.Value;
            next.Waiting.RemoveFirst();
            waiter.Turn.SetResult(Start(next));
        }
    }

    /// <summary>One image's turn: a processor, and a place among its model's images in flight. Disposing it gives both back.</summary>
    public sealed class Turn : IDisposable
    {
        private readonly Lane _lane;
        private readonly long _started;
        private InferenceQueue? _processorOf;
        private InferenceQueue? _placeOf;

        internal Turn(InferenceQueue queue, Lane lane, long started) => (_processorOf, _placeOf, _lane, _started) = (queue, queue, lane, started);

        /// <summary>Gives the processor back, not yet the place.</summary>
        public void FreeProcessor() => Interlocked.Exchange(ref _processorOf, null)?.FreeProcessor(_lane, _started);

        public void Dispose()
        {
            FreeProcessor();
            Interlocked.Exchange(ref _placeOf, null)?.Leave(_lane);
        }
    }

    /// <summary>One model's images.</summary>
    internal sealed class Lane(IDisposable gauge)
    {
        public IDisposable Gauge { get; } = gauge;

        public LinkedList<Waiter> Waiting { get; } = [];

        public int InFlight { get; set; }

        /// <summary>Processor time used, in ticks of the time provider.</summary>
        public long Used { get; set; }
    }

    internal sealed class Waiter(int maxInFlight)
    {
        public int MaxInFlight { get; } = maxInFlight;

        public TaskCompletionSource<Turn> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
