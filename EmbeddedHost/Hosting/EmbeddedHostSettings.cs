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

    /// <summary>Spells <c>-p</c> out, which the configuration of command lines does not know.</summary>
    public static string[] Normalise(string[] args)
        => Array.ConvertAll(args, arg => arg == "-p" ? "--port" : arg.StartsWith("-p=", StringComparison.Ordinal) ? "--port" + arg[2..] : arg);

    /// <exception cref="StartupException">A value that is no port or address.</exception>
    public static EmbeddedHostSettings Read(string[] args)
    {
        // Of the command line alone: an environment variable PORT is often somebody else's.
        var commandLine = new ConfigurationBuilder().AddCommandLine(args).Build();
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
