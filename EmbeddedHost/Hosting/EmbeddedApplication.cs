using System.Net;
using System.Net.Sockets;
using ClassifierFunctions.Configuration;
using ClassifierFunctions.EmbeddedHost.Functions;
using ClassifierFunctions.EmbeddedHost.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;

namespace ClassifierFunctions.EmbeddedHost.Hosting;

/// <summary>The web application, with the function list that Core Tools prints and a clear word when the port is taken.</summary>
internal sealed class EmbeddedApplication(
    WebApplication app, IReadOnlyList<FunctionDescriptor> functions, HostJson hostJson, EmbeddedHostSettings settings) : IHost
{
    public IServiceProvider Services => app.Services;

    /// <exception cref="StartupException">The port is in use.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfPortInUse();
        await ((IHost)app).StartAsync(cancellationToken).ConfigureAwait(false);
        await Console.Out.WriteLineAsync(FunctionList()).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken = default) => ((IHost)app).StopAsync(cancellationToken);

    public void Dispose() => ((IDisposable)app).Dispose();

    private void ThrowIfPortInUse()
    {
        if (settings.Port == 0)
            return;
        // "localhost" is both loopbacks; a machine without IPv6 is fine.
        ThrowIfInUse(settings.Address ?? IPAddress.Loopback, isOptional: false);
        if (settings.Address is null)
            ThrowIfInUse(IPAddress.IPv6Loopback, isOptional: true);
    }

    private void ThrowIfInUse(IPAddress address, bool isOptional)
    {
        try
        {
            using var probe = new TcpListener(address, settings.Port);
            probe.Start();
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new StartupException($"Port {settings.Port} is in use. Stop the program that uses it, or choose another port with --port.");
        }
        catch (SocketException failure) when (!isOptional)
        {
            throw new StartupException($"Cannot listen on {address} port {settings.Port}: {failure.Message}");
        }
        catch (SocketException)
        {
            // Kestrel does without it.
        }
    }

    private string FunctionList()
    {
        var address = app.Urls.FirstOrDefault() ?? "";
        var lines = functions.Select(function => function.Trigger switch
        {
            HttpTriggerAttribute http =>
                $"\t{function.Name}: {Methods(http)}{address}{HttpTriggers.Route(function, http, hostJson.RoutePrefix)}",
            BlobTriggerAttribute blob => $"\t{function.Name}: blobTrigger {blob.BlobPath}",
            QueueTriggerAttribute queue => $"\t{function.Name}: queueTrigger {queue.QueueName}",
            TimerTriggerAttribute timer => $"\t{function.Name}: timerTrigger {timer.Schedule}",
            _ => $"\t{function.Name}",
        });
        return $"\nFunctions:\n\n{string.Join("\n\n", lines)}\n\nListening on {address}. Ctrl+C stops.\n";
    }

    private static string Methods(HttpTriggerAttribute http)
        => http.Methods.Length == 0 ? "" : $"[{string.Join(',', http.Methods.Select(method => method.ToUpperInvariant()))}] ";
}
