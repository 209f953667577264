using System.Diagnostics.Metrics;

namespace ClassifierFunctions.Telemetry;

/// <summary>What an observable gauge asks: the registered numbers, summed up by tags. Thread-safe.</summary>
internal sealed class GaugeSources
{
    private readonly Lock _lock = new();
    private readonly List<Registration> _registrations = [];

    /// <summary>Registers a number until the result is disposed.</summary>
    public IDisposable Add(Func<int> number, KeyValuePair<string, object?>[] tags)
    {
        var registration = new Registration(this, number, tags);
        lock (_lock)
            _registrations.Add(registration);
        return registration;
    }

    /// <summary>One measurement per set of tags; none where nothing is registered.</summary>
    public IEnumerable<Measurement<int>> Measure()
    {
        Registration[] registrations;
        lock (_lock)
            registrations = [.. _registrations];
        return registrations
            .GroupBy(registration => string.Join('\n', registration.Tags))
            .Select(same => new Measurement<int>(same.Sum(registration => registration.Number()), same.First().Tags));
    }

    private void Remove(Registration registration)
    {
        lock (_lock)
            _registrations.Remove(registration);
    }

    private sealed class Registration(GaugeSources sources, Func<int> number, KeyValuePair<string, object?>[] tags) : IDisposable
    {
        public Func<int> Number { get; } = number;

        public KeyValuePair<string, object?>[] Tags { get; } = tags;

        public void Dispose() => sources.Remove(this);
    }
}
