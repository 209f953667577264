using System.Collections.Concurrent;
using System.Diagnostics;
using ClassifierFunctions.Telemetry;

namespace ClassifierFunctions.Tests.Unit.Telemetry;

/// <summary>Listens to the activities of one model's images.</summary>
internal sealed class ImageActivities : IDisposable
{
    private readonly ActivityListener _listener;

    public ImageActivities(string model)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ClassifierTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("model") as string == model)
                    Stopped.Enqueue(activity);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public ConcurrentQueue<Activity> Stopped { get; } = new();

    public void Dispose() => _listener.Dispose();
}
