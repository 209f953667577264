using System.Net;
using System.Net.Sockets;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using ClassifierFunctions.EmbeddedHost.Azurite;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>A real Azurite on free ports, installed from npm when it is not yet there.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private AzuriteProcess? _azurite;

    internal AzuritePorts Ports { get; } = FreePorts();

    internal string DataFolder => _data.Path;

    internal string ConnectionString => Ports.ConnectionString;

    public async Task InitializeAsync()
    {
        await NodePackages.InstallAsync();
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_azurite is not null)
            await _azurite.DisposeAsync();
        _data.Dispose();
    }

    internal async Task StartAsync()
        => _azurite = await AzuriteProcess.StartAsync(new AzuritePackage(Repository.Root), _data.Path, Ports, CancellationToken.None);

    /// <summary>Ends it so that it saves what it holds.</summary>
    internal async Task StopAsync()
    {
        await _azurite!.DisposeAsync();
        _azurite = null;
    }

    internal async Task KillAsync()
    {
        await _azurite!.KillAsync();
        await _azurite.DisposeAsync();
        _azurite = null;
    }

    internal BlobServiceClient Blobs() => Blobs(Ports);

    internal static BlobServiceClient Blobs(AzuritePorts ports)
        => new(ports.ConnectionString, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2024_11_04) { TrimBlobNameSlashes = false });

    internal QueueServiceClient Queues(QueueMessageEncoding encoding)
        => new(ConnectionString, new QueueClientOptions(QueueClientOptions.ServiceVersion.V2024_11_04) { MessageEncoding = encoding });

    internal static AzuritePorts FreePorts()
    {
        var listeners = Enumerable.Range(0, 3).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
            listener.Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners)
            listener.Dispose();
        return new AzuritePorts(ports[0], ports[1], ports[2]);
    }
}
