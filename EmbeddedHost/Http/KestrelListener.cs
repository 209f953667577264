using System.Net;
using ClassifierFunctions.EmbeddedHost.Hosting;
using Microsoft.AspNetCore.Hosting;

namespace ClassifierFunctions.EmbeddedHost.Http;

internal static class KestrelListener
{
    public static void UseKestrelOn(this IWebHostBuilder web, EmbeddedHostSettings settings) => web.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        if (settings.Address is { } address)
            kestrel.Listen(address, settings.Port);
        else if (settings.Port == 0)
            kestrel.Listen(IPAddress.Loopback, 0);
        else
            kestrel.ListenLocalhost(settings.Port); // IPv4 and IPv6: "localhost" may mean either
    });
}
