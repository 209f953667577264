using Microsoft.Extensions.Logging;

namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>Says once that the storage went away and once that it came back, however many loops notice.</summary>
internal sealed partial class StorageHealth(ILogger<StorageHealth> logger)
{
    private int _isDown;

    /// <summary>True while the emulator is on its way: until then its absence is no news.</summary>
    public bool IsStarting { get; set; }

    public void Down(Exception failure)
    {
        if (!IsStarting && Interlocked.Exchange(ref _isDown, 1) == 0)
            Log.Down(logger, (failure as AggregateException)?.InnerException?.Message ?? failure.Message);
    }

    public void Up()
    {
        if (Volatile.Read(ref _isDown) == 1 && Interlocked.Exchange(ref _isDown, 0) == 1)
            Log.Up(logger);
    }

    private static partial class Log
    {
        [LoggerMessage(40, LogLevel.Warning, "Storage cannot be reached: blob and queue triggers wait until it can. HTTP goes on. ({Reason})")]
        public static partial void Down(ILogger logger, string reason);

        [LoggerMessage(41, LogLevel.Information, "Storage can be reached again: blob and queue triggers go on")]
        public static partial void Up(ILogger logger);
    }
}
