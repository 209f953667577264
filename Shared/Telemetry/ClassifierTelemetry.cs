using System.Diagnostics.Metrics;

namespace ClassifierFunctions.Telemetry;

/// <summary>The app's metrics. Static, because the sessions that they count are.</summary>
public static class ClassifierTelemetry
{
    public const string Name = "ClassifierFunctions";

    private static readonly Meter Meter = new(Name);

    /// <summary>Seconds per stage; tags <c>stage</c> and <c>model</c>. The count of stage <c>load</c> is the number of sessions created.</summary>
    internal static readonly Histogram<double> StageDuration = Meter.CreateHistogram<double>("classifier.stage.duration", "s", "Duration of a stage of a classification");

    /// <summary>Images by tags <c>model</c> and <c>outcome</c>: <c>succeeded</c>, <c>cancelled</c> or the name of an error.</summary>
    internal static readonly Counter<long> Images = Meter.CreateCounter<long>("classifier.images", "{image}", "Images that were classified or refused");
}
