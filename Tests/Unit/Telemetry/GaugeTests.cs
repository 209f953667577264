using ClassifierFunctions.Telemetry;

namespace ClassifierFunctions.Tests.Unit.Telemetry;

public sealed class GaugeTests
{
    [Fact]
    public void ObserveQueue_TwoEngines_AreSummedUpByModel()
    {
        var length = 2;
        using var one = ClassifierTelemetry.ObserveQueue("gauge-a", () => length);
        using (ClassifierTelemetry.ObserveQueue("gauge-a", () => 5))
        using (ClassifierTelemetry.ObserveQueue("gauge-b", () => 0))
            Assert.Equal([(7, "gauge-a"), (0, "gauge-b")], Queues());

        // The other engine is gone, and its models with it.
        length = 3;
        Assert.Equal([(3, "gauge-a")], Queues());
    }

    [Fact]
    public void ObserveQueue_Disposed_IsLetGo()
    {
        var engine = Observed();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(engine.IsAlive);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference Observed()
        {
            var queue = new Queue<int>();
            using var registration = ClassifierTelemetry.ObserveQueue("gauge-gone", () => queue.Count);
            return new WeakReference(queue);
        }
    }

    [Fact]
    public void ObserveLoadedModels_TwoEngines_AreSummedUp()
    {
        // Engines of other tests may be there too.
        var before = Loaded();
        using (ClassifierTelemetry.ObserveLoadedModels(() => 2000))
        using (ClassifierTelemetry.ObserveLoadedModels(() => 3000))
            Assert.InRange(Loaded() - before, 4900, 5100);

        static long Loaded() => GaugeReader.Read("classifier.models.loaded").Sum(measurement => measurement.Value);
    }

    [Fact]
    public void ProcessRss_Read_IsThatOfTheSystem()
    {
        var rss = Assert.Single(GaugeReader.Read("classifier.process.rss"));
        using var process = System.Diagnostics.Process.GetCurrentProcess();

        Assert.InRange(rss.Value, process.WorkingSet64 * 0.5, process.WorkingSet64 * 2);
    }

    private static IEnumerable<(long, string?)> Queues()
        => GaugeReader.Read("classifier.queue.length").Where(measurement => measurement.Model!.StartsWith("gauge-", StringComparison.Ordinal));
}
