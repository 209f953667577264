namespace Microsoft.Azure.Functions.Worker;

/// <summary>Times of a timer-triggered function, UTC.</summary>
public class ScheduleStatus
{
    /// <summary>When the run before this one started; 0001-01-01 for none.</summary>
    public DateTime Last { get; set; }

    /// <summary>When the schedule has its next run.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this was written.</summary>
    public DateTime LastUpdated { get; set; }
}
