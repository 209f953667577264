using Microsoft.Extensions.Logging;

namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>What all kinds of triggers have to say.</summary>
internal static partial class TriggerLog
{
    [LoggerMessage(60, LogLevel.Warning, "Function {Function} is off: the app setting {Setting} is empty")]
    public static partial void Off(ILogger logger, string function, string setting);
}
