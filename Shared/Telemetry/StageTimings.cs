using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ClassifierFunctions.Telemetry;

/// <summary>
/// Where the time of one request went. Each measurement goes to the histogram too, and to the image's activity when that is the current one, as tag
/// <c>classifier.stage.&lt;name&gt;</c> in milliseconds: nothing is timed twice. Thread-safe.
/// </summary>
/// <remarks>Tags, not spans: decoding and preprocessing take turns, so neither has one beginning and one end.</remarks>
public sealed class StageTimings
{
    private static readonly string[] Names = [.. Enum.GetNames<Stage>().Select(name => name.ToLowerInvariant())];
    private static readonly string[] Tags = [.. Names.Select(name => "classifier.stage." + name)];

    private readonly long[] _ticks = new long[Names.Length];

    /// <summary>Measures until the result is disposed. A request with several images adds them up.</summary>
    public Measurement Measure(Stage stage, string model) => new(this, stage, model, Stopwatch.GetTimestamp());

    /// <summary>Takes a duration that was measured elsewhere: of a stage that runs by turns with another one.</summary>
    public void Record(Stage stage, string model, TimeSpan duration) => Add(stage, model, (long)(duration.TotalSeconds * Stopwatch.Frequency));

    /// <summary>
    /// The header of that name (W3C Server Timing): <c>decode;dur=2.41, inference;dur=8.30</c>, durations in milliseconds.
    /// </summary>
    public string ServerTiming()
    {
        var header = new StringBuilder();
        for (var stage = 0; stage < Names.Length; stage++)
        {
            var ticks = Interlocked.Read(ref _ticks[stage]);
            if (ticks == 0)
                continue;
            header.Append(header.Length > 0 ? ", " : "")
                .Append(CultureInfo.InvariantCulture, $"{Names[stage]};dur={ticks * 1000.0 / Stopwatch.Frequency:0.00}");
        }

        return header.ToString();
    }

    private void Add(Stage stage, string model, long ticks)
    {
        // A stage that took no measurable time still happened.
        Interlocked.Add(ref _ticks[(int)stage], Math.Max(ticks, 1));
        ClassifierTelemetry.StageDuration.Record(
            ticks / (double)Stopwatch.Frequency, new("stage", Names[(int)stage]), new("model", model));
        if (Activity.Current is { } activity && activity.Source == ClassifierTelemetry.Source)
            AddTag(activity, Tags[(int)stage], ticks * 1000.0 / Stopwatch.Frequency);
    }

    // An image may wait twice: for its turn and for memory.
    private static void AddTag(Activity activity, string tag, double milliseconds)
        => activity.SetTag(tag, milliseconds + (activity.GetTagItem(tag) as double? ?? 0));

    /// <summary>A running measurement.</summary>
    public readonly struct Measurement : IDisposable
    {
        private readonly StageTimings _timings;
        private readonly Stage _stage;
        private readonly string _model;
        private readonly long _started;

        internal Measurement(StageTimings timings, Stage stage, string model, long started)
            => (_timings, _stage, _model, _started) = (timings, stage, model, started);

        public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

        public void Dispose() => _timings.Add(_stage, _model, Stopwatch.GetTimestamp() - _started);
    }
}
