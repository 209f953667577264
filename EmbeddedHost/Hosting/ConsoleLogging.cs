using Microsoft.Extensions.Logging;

namespace ClassifierFunctions.EmbeddedHost.Hosting;

/// <summary>Console output that a person can read: one line an event, and the frameworks only when something is wrong.</summary>
internal static class ConsoleLogging
{
    public static void AddTo(ILoggingBuilder logging, HostJson hostJson)
    {
        logging.ClearProviders();
        logging.AddConfiguration(hostJson.Logging);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        logging.AddFilter("Azure", LogLevel.Error);
        // A failed start is told in one line by whoever catches it.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}
