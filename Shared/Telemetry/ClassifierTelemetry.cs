using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ClassifierFunctions.Telemetry;

/// <summary>The app's metrics and traces. Static, because the sessions that they count are.</summary>
public static class ClassifierTelemetry
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "ClassifierFunctions";

    /// <summary>One activity <c>classify</c> per image.</summary>
    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Seconds per stage; tags <c>stage</c> and <c>model</c>. The count of stage <c>load</c> is the number of sessions created.</summary>
    internal static readonly Histogram<double> StageDuration = Meter.CreateHistogram(
        "classifier.stage.duration",
        "s",
        "Duration of a stage of a classification",
        tags: null,
        // Without advice, exporters take bounds that suit milliseconds.
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30] });

    /// <summary>Images by tags <c>model</c> and <c>outcome</c>: <c>succeeded</c>, <c>cancelled</c> or the name of an error.</summary>
    internal static readonly Counter<long> Images = Meter.CreateCounter<long>("classifier.images", "{image}", "Images that were classified or refused");

    private static readonly GaugeSources LoadedModels = new();
    private static readonly GaugeSources QueueLengths = new();

    static ClassifierTelemetry()
    {
        Meter.CreateObservableGauge("classifier.models.loaded", LoadedModels.Measure, "{model}", "Models that have a session");
        Meter.CreateObservableGauge("classifier.queue.length", QueueLengths.Measure, "{image}", "Images that wait for their turn, by model");
        Meter.CreateObservableGauge("classifier.process.rss", static () => Environment.WorkingSet, "By", "Resident memory of the process");
    }

    /// <summary>Counts and traces one image, from here until the result is disposed.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="version">The model's version.</param>
    public static ImageMeasurement StartImage(string model, string version) => new(Source.StartActivity("classify"), model, version);

    /// <summary>
    /// Makes gauge <c>classifier.models.loaded</c> ask for a number of models, until the result is disposed. The gauge is the sum of all that
    /// are registered, so several engines in one process do not hide each other.
    /// </summary>
    /// <param name="count">Called at each collection, on any thread; must be quick and must not throw.</param>
    public static IDisposable ObserveLoadedModels(Func<int> count) => LoadedModels.Add(count, []);

    /// <summary>Makes gauge <c>classifier.queue.length</c> ask for the length of a model's queue, until the result is disposed; sums up per model.</summary>
    /// <param name="model">The tag <c>model</c>.</param>
    /// <param name="length">Images that wait. Called at each collection, on any thread; must be quick and must not throw.</param>
    public static IDisposable ObserveQueue(string model, Func<int> length) => QueueLengths.Add(length, [new("model", model)]);
}
