using Microsoft.Extensions.Logging;

namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>Says once that the storage went away and once that it came back, however many loops notice.</summary>
internal sealed partial class StorageHealth(ILogger<StorageHealth> logger)
{
    private readonly Lock _lock = new();
    private readonly HashSet<object> _down = [];

    /// <summary>True while the emulator is on its way: until then its absence is no news.</summary>
    public bool IsStarting { get; set; }

    /// <param name="loop">Whose request failed.</param>
    /// <param name="failure">Why.</param>
    public void Down(object loop, Exception failure)
    {
        if (IsStarting)
            return;
        lock (_lock)
        {
            if (_down.Add(loop) && _down.Count == 1)
                Log.Down(logger, (failure as AggregateException)?.InnerException?.Message ?? failure.Message);
        }
    }

    /// <param name="loop">Whose request succeeded. The others may have their own troubles still.</param>
    public void Up(object loop)
    {
        lock (_lock)
        {
            if (_down.Remove(loop) && _down.Count == 0)
                Log.Up(logger);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(40, LogLevel.Warning, "Storage cannot be reached: blob and queue triggers wait until it can. HTTP goes on. ({Reason})")]
        public static partial void Down(ILogger logger, string reason);

        [LoggerMessage(41, LogLevel.Information, "Storage can be reached again: blob and queue triggers go on")]
        public static partial void Up(ILogger logger);
    }
}
