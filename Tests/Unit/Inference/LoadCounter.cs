using System.Diagnostics.Metrics;
using ClassifierFunctions.Telemetry;

namespace ClassifierFunctions.Tests.Unit.Inference;

/// <summary>Counts the sessions that are created for a model, as the histogram of stage load tells it.</summary>
internal sealed class LoadCounter : IDisposable
{
    private readonly MeterListener _listener = new();
    private int _count;

    public LoadCounter(string model)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ClassifierTelemetry.Name && instrument.Name == "classifier.stage.duration")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            var values = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value as string);
            if (values["stage"] == "load" && values["model"] == model)
                Interlocked.Increment(ref _count);
        });
        _listener.Start();
    }

    public int Count => _count;

    public void Dispose() => _listener.Dispose();
}
