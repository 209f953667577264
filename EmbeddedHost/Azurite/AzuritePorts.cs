using System.Net.Sockets;

namespace ClassifierFunctions.EmbeddedHost.Azurite;

/// <summary>Where an emulator listens on loopback. The defaults are those that <c>UseDevelopmentStorage=true</c> means.</summary>
internal sealed record AzuritePorts(int Blob = 10000, int Queue = 10001, int Table = 10002)
{
    // Published with the emulator: the account and key of every Azurite.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public string ConnectionString
        => $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{Blob}/{Account};QueueEndpoint=http://127.0.0.1:{Queue}/{Account};";

    /// <summary>True when blobs and queues can be reached.</summary>
    public async Task<bool> AreListeningAsync(CancellationToken cancellationToken)
        => await IsListeningAsync(Blob, cancellationToken).ConfigureAwait(false) && await IsListeningAsync(Queue, cancellationToken).ConfigureAwait(false);

    private static async Task<bool> IsListeningAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
