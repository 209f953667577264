using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using ClassifierFunctions.Telemetry;

namespace ClassifierFunctions.Tests.Unit.Telemetry;

/// <summary>Reads the app's gauges once.</summary>
internal static class GaugeReader
{
    /// <summary>Value and tag <c>model</c> of each measurement.</summary>
    public static List<(long Value, string? Model)> Read(string gauge)
    {
        // The app does it at its start.
        RuntimeHelpers.RunClassConstructor(typeof(ClassifierTelemetry).TypeHandle);
        var values = new List<(long, string?)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == ClassifierTelemetry.Name && instrument.Name == gauge)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((_, value, tags, _) => values.Add((value, Model(tags))));
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => values.Add((value, Model(tags))));
        listener.Start();
        listener.RecordObservableInstruments();
        return values;
    }

    private static string? Model(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        => tags.ToArray().SingleOrDefault(tag => tag.Key == "model").Value as string;
}
