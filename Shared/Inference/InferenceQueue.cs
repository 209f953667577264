using ClassifierFunctions.Results;
using ClassifierFunctions.Telemetry;

namespace ClassifierFunctions.Inference;

/// <summary>
/// Lets as many images in at once as there are processors: more would take their decoded pixels into memory and finish no sooner. The others wait, each
/// model's in lanes of its own.
/// </summary>
/// <remarks>
/// A free processor goes to the lane that has used them least among those that wait, so that a flood for one model, or one whose images take long,
/// does not keep the others waiting: start-time fair queueing (Goyal, Vin, Cheng: SIGCOMM 1996), with the time used as virtual time.
/// Within a lane, first come, first served.
/// <see cref="Priority.Background"/> images have a lane of their own, whose time counts <see cref="BackgroundCost"/> times, and leave one
/// processor free where there are several. Callers are refused when more than <see cref="InferenceOptions.MaxQueueLength"/> wait; background images are not, because
/// whoever feeds them bounds how many there are (<c>host.json</c>), and a refusal would be a lost try.
/// </remarks>
internal sealed class InferenceQueue : IDisposable
{
    /// <summary>Where both want all processors, background images of a model get one ninth of the time.</summary>
    public const int BackgroundCost = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ModelLanes> _models = new(StringComparer.Ordinal);
    private readonly InferenceOptions _options;
    private readonly TimeProvider _time;
    private int _free;
    private int _freeForBackground;

    // Virtual time: what the lane that got the last processor had used. A lane that comes back from idleness starts here, without savings.
    private long _clock;

    public InferenceQueue(InferenceOptions options, TimeProvider time, int processors)
        => (_options, _time, _free, _freeForBackground) = (options, time, processors, Math.Max(1, processors - 1));

    /// <summary>Images of a model that wait.</summary>
    public int Length(string model)
    {
        lock (_lock)
            return LanesOf(model).All.Sum(lane => lane.Waiting.Count);
    }

    /// <summary>Waits for a processor.</summary>
    /// <param name="model">Whose image it is.</param>
    /// <param name="priority">Whether somebody waits for it.</param>
    /// <param name="maxInFlight">Most images of the model between this call's end and the turn's: bounds what is prepared and waits for its batch.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ClassifierException">Too many callers wait already.</exception>
    public ValueTask<Turn> EnterAsync(string model, Priority priority, int maxInFlight, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waiter waiter;
        Lane lane;
        lock (_lock)
        {
            lane = LanesOf(model)[priority];
            if (lane.Waiting.Count == 0 && CanStart(lane, maxInFlight))
                return ValueTask.FromResult(Start(lane));
            if (!lane.IsBackground && lane.Waiting.Count >= _options.MaxQueueLength)
                throw Overloaded();
            waiter = new Waiter(maxInFlight);
            Activate(lane);
            lane.Waiting.AddLast(waiter);
        }

        return new(WaitAsync(waiter, lane, cancellationToken));
    }

    /// <summary>True when a caller's next <see cref="EnterAsync"/> would be refused.</summary>
    public bool IsFull(string model)
    {
        lock (_lock)
            return _free == 0 && LanesOf(model)[Priority.Interactive].Waiting.Count >= _options.MaxQueueLength;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var model in _models.Values)
                model.Gauge.Dispose();
        }
    }

    /// <summary>What a refused image gets.</summary>
    public static ClassifierException Overloaded() => new(ClassifierError.Overloaded, "Too many images are waiting already. Try again in a moment.");

    private async Task<Turn> WaitAsync(Waiter waiter, Lane lane, CancellationToken cancellationToken)
    {
        using var cancellation = cancellationToken.UnsafeRegister(_ => Drop(waiter, lane, cancellationToken), null);
        return await waiter.Turn.Task.ConfigureAwait(false);
    }

    private void Drop(Waiter waiter, Lane lane, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // Not there any more when its turn has come meanwhile.
            if (lane.Waiting.Remove(waiter))
                waiter.Turn.SetCanceled(cancellationToken);
        }
    }

    private ModelLanes LanesOf(string model)
    {
        if (!_models.TryGetValue(model, out var lanes))
            _models.Add(model, lanes = new ModelLanes(ClassifierTelemetry.ObserveQueue(model, () => Length(model))));
        return lanes;
    }

    private bool CanStart(Lane lane, int maxInFlight)
        => _free > 0 && (!lane.IsBackground || _freeForBackground > 0) && lane.Model.InFlight < maxInFlight;

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
        if (lane.IsBackground)
            _freeForBackground--;
        lane.InFlight++;
        return new Turn(this, lane, _time.GetTimestamp());
    }

    private void FreeProcessor(Lane lane, long started)
    {
        lock (_lock)
        {
            lane.Used += (_time.GetTimestamp() - started) * (lane.IsBackground ? BackgroundCost : 1);
            _free++;
            if (lane.IsBackground)
                _freeForBackground++;
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
            var next = _models.Values
                .SelectMany(model => model.All)
                .Where(lane => lane.Waiting.First is { } first && CanStart(lane, first.Value.MaxInFlight))
                .MinBy(lane => (lane.Used, lane.IsBackground));
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
    internal sealed class ModelLanes
    {
        public ModelLanes(IDisposable gauge) => (Gauge, All) = (gauge, [new Lane(this, isBackground: false), new Lane(this, isBackground: true)]);

        public IDisposable Gauge { get; }

        public Lane[] All { get; }

        public int InFlight => All[0].InFlight + All[1].InFlight;

        public Lane this[Priority priority] => All[priority is Priority.Background ? 1 : 0];
    }

    /// <summary>One model's images of one priority.</summary>
    internal sealed class Lane(ModelLanes model, bool isBackground)
    {
        public ModelLanes Model { get; } = model;

        public bool IsBackground { get; } = isBackground;

        public LinkedList<Waiter> Waiting { get; } = [];

        public int InFlight { get; set; }

        /// <summary>Processor time used, in ticks of the time provider, background's multiplied.</summary>
        public long Used { get; set; }
    }

    internal sealed class Waiter(int maxInFlight)
    {
        public int MaxInFlight { get; } = maxInFlight;

        public TaskCompletionSource<Turn> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
