using System.Globalization;
using System.Net;
using ClassifierFunctions.Configuration;
using Microsoft.Extensions.Configuration;

namespace ClassifierFunctions.EmbeddedHost.Hosting;

/// <summary>Where the embedded host listens: <c>--port</c> (or <c>-p</c>) and <c>--address</c>.</summary>
/// <param name="Port">Default 7071, as Core Tools has it; 0 takes any free one.</param>
/// <param name="Address">Null for loopback, which is the default.</param>
internal sealed record EmbeddedHostSettings(int Port, IPAddress? Address)
{
    public const int DefaultPort = 7071;

    private static readonly Dictionary<string, string> Switches = new() { ["-p"] = "port" };

    /// <exception cref="StartupException">A value that is no port or address.</exception>
    public static EmbeddedHostSettings Read(string[] args)
    {
        // Of the command line alone: an environment variable PORT is often somebody else's.
        var commandLine = new ConfigurationBuilder().AddCommandLine(args, Switches).Build();
        var (port, address) = (commandLine["port"], commandLine["address"]);
        if (!int.TryParse(port ?? DefaultPort.ToString(CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number > IPEndPoint.MaxPort)
        {
            throw new StartupException($"--port is '{port}': give a number from 0 to 65535.");
        }

        if (string.IsNullOrEmpty(address) || address == "localhost")
            return new EmbeddedHostSettings(number, null);
        return IPAddress.TryParse(address, out var parsed)
            ? new EmbeddedHostSettings(number, parsed)
            : throw new StartupException($"--address is '{address}': give an IP address, such as 0.0.0.0 for all.");
    }
}
