namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a timer-triggered function receives.</summary>
public class TimerInfo
{
    /// <summary>This run and the next one.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>True for a run that should have been earlier. Here never: what passed while the host was down is not made up for.</summary>
    public bool IsPastDue { get; set; }
}
