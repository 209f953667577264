using ClassifierFunctions.Configuration;
using ClassifierFunctions.EmbeddedHost.Functions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NCrontab;

namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>Calls a timer-triggered function at the times of its schedule and on request, one run at a time.</summary>
internal sealed partial class TimerFunction
{
    // A timer's own bound is 49 days, and a clock that is set does not move a timer.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    private readonly string _name;
    private readonly FunctionInvoker _function;
    private readonly CrontabSchedule _schedule;
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _time;
    private readonly ILogger<TimerFunction> _logger;

    // However many requests come while it runs, one more run answers them all.
    private readonly WakeUp _requests = new();

    /// <exception cref="StartupException">The schedule is malformed, or has no occurrence at all.</exception>
    public TimerFunction(FunctionDescriptor function, TimerTriggerAttribute trigger, IServiceScopeFactory scopes, TimeProvider time, ILogger<TimerFunction> logger)
    {
        _name = function.Name;
        _function = new FunctionInvoker(function);
        _schedule = CrontabSchedule.TryParse(trigger.Schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true })
            ?? throw new StartupException(
                $"Function {_name}: '{trigger.Schedule}' is no schedule. Give six fields: second, minute, hour, day, month, day of the week, such as 0 */5 * * * *.");
        (_scopes, _time, _logger) = (scopes, time, logger);
        if (NextOccurrence() == DateTime.MaxValue)
            throw new StartupException($"Function {_name}: the schedule '{trigger.Schedule}' never comes.");
    }

    /// <summary>Makes it run now, or once more after the current run.</summary>
    public void RequestRun() => _requests.Call();

    /// <param name="abort">Cancels a run.</param>
    /// <param name="stopping">Ends the timer; a run goes on to its end.</param>
    public async Task RunAsync(CancellationToken abort, CancellationToken stopping)
    {
        var last = default(DateTime);
        while (await WaitAsync(NextOccurrence(), stopping).ConfigureAwait(false))
        {
            var now = Now();
            await InvokeAsync(new TimerInfo { ScheduleStatus = new ScheduleStatus { Last = last, Next = NextOccurrence(), LastUpdated = now } }, abort).ConfigureAwait(false);
            last = now;
        }
    }

    private DateTime Now() => _time.GetUtcNow().UtcDateTime;

    private DateTime NextOccurrence() => _schedule.GetNextOccurrence(Now());

    // Until then, or a request; false when the host stops.
    private async Task<bool> WaitAsync(DateTime due, CancellationToken stopping)
    {
        await _requests.WaitAsync(waiting => DelayAsync(due, waiting), stopping).ConfigureAwait(false);
        return !stopping.IsCancellationRequested;
    }

    private async Task DelayAsync(DateTime due, CancellationToken cancellationToken)
    {
        while (due - Now() is var rest && rest > TimeSpan.Zero && !cancellationToken.IsCancellationRequested)
            await Task.Delay(rest < LongestDelay ? rest : LongestDelay, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task InvokeAsync(TimerInfo timer, CancellationToken abort)
    {
        try
        {
            await using var scope = _scopes.CreateAsyncScope();
            await _function.InvokeAsync(scope.ServiceProvider, timer, new Dictionary<string, string?>(), abort).ConfigureAwait(false);
        }
        catch (Exception) when (abort.IsCancellationRequested)
        {
            // Stopped, not failed.
        }
        catch (Exception failure)
        {
            Log.Failed(_logger, failure, _name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(80, LogLevel.Error, "Timer function {Function} failed; it runs again at its next time")]
        public static partial void Failed(ILogger logger, Exception failure, string function);
    }
}
