namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the parameter that receives a <see cref="TimerInfo"/> at the times of a schedule.</summary>
/// <param name="schedule">NCRONTAB expression in UTC, six fields: second, minute, hour, day, month, day of the week.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    public string Schedule { get; } = schedule;
}
