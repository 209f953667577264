using System.Globalization;
using System.Threading.Channels;
using ClassifierFunctions.Configuration;
using ClassifierFunctions.EmbeddedHost.Functions;
using ClassifierFunctions.EmbeddedHost.Triggers;
using ClassifierFunctions.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClassifierFunctions.Tests.Unit.EmbeddedHost;

public sealed class TimerFunctionTests : IDisposable
{
    private const string EveryFiveMinutes = "0 */5 * * * *";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WatchedTime _time = new(Utc("2026-01-01T00:03:20Z"));
    private readonly RecordedLog _log = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Runs _runs = new();

    public void Dispose()
    {
        _abort.Dispose();
        _stopping.Dispose();
    }

    [Theory]
    [InlineData("*/5 * * * *")]
    [InlineData("0 0 */5 * * * *")]
    [InlineData("60 * * * * *")]
    [InlineData("00:05:00")]
    [InlineData("%Schedule%")]
    [InlineData("")]
    public void Constructor_MalformedSchedule_StopsTheStart(string schedule)
        => Assert.Contains($"Function Record: '{schedule}' is no schedule", Assert.Throws<StartupException>(() => Timer(schedule)).Message, StringComparison.Ordinal);

    [Fact]
    public void Constructor_ThirtiethOfFebruary_StopsTheStart()
        => Assert.Contains("never comes", Assert.Throws<StartupException>(() => Timer("0 0 0 30 2 *")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(EveryFiveMinutes, "2026-01-01T00:05:00Z", "2026-01-01T00:10:00Z")]
    [InlineData("*/15 5 * * * *", "2026-01-01T00:05:00Z", "2026-01-01T00:05:15Z")]
    [InlineData("0 30 9 * * 1-5", "2026-01-01T09:30:00Z", "2026-01-02T09:30:00Z")]
    [InlineData("0 0 12 29 2 *", "2028-02-29T12:00:00Z", "2032-02-29T12:00:00Z")]
    public async Task RunAsync_TimeOfTheSchedule_CallsTheFunctionWithItsTimes(string schedule, string due, string next)
    {
        var loop = Timer(schedule).RunAsync(_abort.Token, _stopping.Token);
        await MoveToAsync(Utc(due).AddMilliseconds(-1));
        await MoveToAsync(Utc(due));

        var timer = await _runs.NextAsync();
        Assert.Equal((default, Utc(next).UtcDateTime, Utc(due)), (timer.ScheduleStatus!.Last, timer.ScheduleStatus.Next, LastUpdated(timer)));
        Assert.False(timer.IsPastDue);
        await StopAsync(loop);
    }

    [Fact]
    public async Task RunAsync_FunctionThrows_IsLoggedAndTheTimerGoesOn()
    {
        _runs.Gate = timer => LastUpdated(timer) == Utc("2026-01-01T00:05:00Z") ? throw new InvalidTimeZoneException("broken") : Task.CompletedTask;
        var loop = Timer(EveryFiveMinutes).RunAsync(_abort.Token, _stopping.Token);
        await MoveToAsync(Utc("2026-01-01T00:05:00Z"));
        await _runs.NextAsync();
        await MoveToAsync(Utc("2026-01-01T00:10:00Z"));

        Assert.Equal(Utc("2026-01-01T00:05:00Z"), (await _runs.NextAsync()).ScheduleStatus!.Last);
        var (level, message, failure) = Assert.Single(_log.Entries);
        Assert.Equal(LogLevel.Error, level);
        Assert.Contains("Record", message, StringComparison.Ordinal);
        Assert.IsType<InvalidTimeZoneException>(failure);
        await StopAsync(loop);
    }

    [Fact]
    public async Task RunAsync_RunOutlastsItsSchedule_TheNextOneIsTheFirstAfterItsEnd()
    {
        var end = new TaskCompletionSource();
        _runs.Gate = _ => end.Task;
        var loop = Timer(EveryFiveMinutes).RunAsync(_abort.Token, _stopping.Token);
        await MoveToAsync(Utc("2026-01-01T00:05:00Z"));
        await _runs.NextAsync();
        _time.SetUtcNow(Utc("2026-01-01T00:22:30Z"));
        end.SetResult();
        await MoveToAsync(Utc("2026-01-01T00:25:00Z"));

        Assert.Equal(Utc("2026-01-01T00:25:00Z"), LastUpdated(await _runs.NextAsync()));
        await StopAsync(loop);
    }

    [Fact]
    public async Task RequestRun_Idle_RunsAtOnceAndLeavesTheScheduleAsItIs()
    {
        var timer = Timer(EveryFiveMinutes);
        var loop = timer.RunAsync(_abort.Token, _stopping.Token);
        await _time.WaitBegunAsync();
        timer.RequestRun();

        Assert.Equal(Utc("2026-01-01T00:03:20Z"), LastUpdated(await _runs.NextAsync()));
        await MoveToAsync(Utc("2026-01-01T00:05:00Z"));
        Assert.Equal(Utc("2026-01-01T00:05:00Z"), LastUpdated(await _runs.NextAsync()));
        await StopAsync(loop);
    }

    [Fact]
    public async Task RequestRun_ThriceWhileItRuns_RunsOnceMoreAfterIt()
    {
        var end = new TaskCompletionSource();
        _runs.Gate = _ => end.Task;
        var timer = Timer(EveryFiveMinutes);
        var loop = timer.RunAsync(_abort.Token, _stopping.Token);
        await MoveToAsync(Utc("2026-01-01T00:05:00Z"));
        await _runs.NextAsync();
        for (var request = 0; request < 3; request++)
            timer.RequestRun();
        Assert.Equal(1, _runs.Started);
        end.SetResult();
        await _runs.NextAsync();
        // The wait that the request ended.
        await _time.WaitBegunAsync();
        await MoveToAsync(Utc("2026-01-01T00:10:00Z"));

        Assert.Equal(Utc("2026-01-01T00:10:00Z"), LastUpdated(await _runs.NextAsync()));
        Assert.Equal((3, 1), (_runs.Started, _runs.MostAtOnce));
        await StopAsync(loop);
    }

    [Fact]
    public async Task RunAsync_HostStops_WaitsForTheRun()
    {
        var end = new TaskCompletionSource();
        _runs.Gate = _ => end.Task;
        var timer = Timer(EveryFiveMinutes);
        var loop = timer.RunAsync(_abort.Token, _stopping.Token);
        timer.RequestRun();
        await _runs.NextAsync();
        await _stopping.CancelAsync();
        Assert.False(loop.IsCompleted);
        end.SetResult();

        await loop.WaitAsync(Patience);
        Assert.Equal((1, 1), (_runs.Started, _runs.Ended));
    }

    [Fact]
    public async Task RunAsync_HostLosesPatience_CancelsTheRunAndLogsNoFailure()
    {
        _runs.Gate = _ => Task.Delay(Timeout.InfiniteTimeSpan, _abort.Token);
        var timer = Timer(EveryFiveMinutes);
        var loop = timer.RunAsync(_abort.Token, _stopping.Token);
        timer.RequestRun();
        await _runs.NextAsync();
        await _stopping.CancelAsync();
        await _abort.CancelAsync();

        await loop.WaitAsync(Patience);
        Assert.Empty(_log.Entries);
    }

    private TimerFunction Timer(string schedule)
    {
        var function = Assert.Single(FunctionDiscovery.Discover([typeof(Recording)]));
        var services = new ServiceCollection().AddSingleton(_runs).BuildServiceProvider();
        return new TimerFunction(function, new TimerTriggerAttribute(schedule), services.GetRequiredService<IServiceScopeFactory>(), _time, new LoggerFactory([_log]).CreateLogger<TimerFunction>());
    }

    // Once the loop waits: earlier, it would take the new time for the time at which it began.
    private async Task MoveToAsync(DateTimeOffset time)
    {
        await _time.WaitBegunAsync();
        _time.SetUtcNow(time);
    }

    private async Task StopAsync(Task loop)
    {
        await _stopping.CancelAsync();
        await loop.WaitAsync(Patience);
    }

    private static DateTimeOffset LastUpdated(TimerInfo timer) => timer.ScheduleStatus!.LastUpdated;

    private static DateTimeOffset Utc(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    private sealed class Runs
    {
        private readonly Channel<TimerInfo> _timers = Channel.CreateUnbounded<TimerInfo>();
        private readonly Lock _lock = new();

        public Func<TimerInfo, Task> Gate { get; set; } = _ => Task.CompletedTask;

        public int Started { get; private set; }

        public int Ended { get; private set; }

        public int MostAtOnce { get; private set; }

        public async Task RunAsync(TimerInfo timer)
        {
            lock (_lock)
                MostAtOnce = Math.Max(MostAtOnce, ++Started - Ended);
            _timers.Writer.TryWrite(timer);
            try
            {
                await Gate(timer);
            }
            finally
            {
                lock (_lock)
                    Ended++;
            }
        }

        public async Task<TimerInfo> NextAsync() => await _timers.Reader.ReadAsync().AsTask().WaitAsync(Patience);
    }

    private sealed class Recording(Runs runs)
    {
        [Function("Record")]
        public Task Run([TimerTrigger(EveryFiveMinutes)] TimerInfo timer) => runs.RunAsync(timer);
    }
}
