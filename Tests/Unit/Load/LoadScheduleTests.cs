using System.Diagnostics;
using ClassifierFunctions.Tests.Load;

namespace ClassifierFunctions.Tests.Unit.Load;

public sealed class LoadScheduleTests
{
    [Fact]
    public void TryNext_AtRate_RequestsAreDueAtEvenDistancesUntilTheEnd()
    {
        var schedule = LoadSchedule.AtRate(perSecond: 100, TimeSpan.FromMilliseconds(200));
        schedule.Begin();
        var due = new List<long>();
        while (schedule.TryNext(out var number, out var time))
        {
            Assert.Equal(due.Count, number);
            Assert.True(Stopwatch.GetTimestamp() >= time);
            due.Add(time);
        }

        // Fewer when the machine was busy elsewhere: what is unsent at the end is never sent.
        Assert.InRange(due.Count, 1, 20);
        Assert.All(due.Zip(due.Skip(1), (one, next) => next - one), distance => Assert.Equal(Stopwatch.Frequency / 100.0, distance, 1.0));
    }

    [Fact]
    public void TryNext_Count_GivesAsManyAsThat()
    {
        var schedule = LoadSchedule.Of(3);
        schedule.Begin();
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => schedule.TryNext(out var _, out var _)));
    }
}
