using System.Net;
using System.Net.Sockets;
using System.Text;
using ClassifierFunctions.Tests.Load;

namespace ClassifierFunctions.Tests.Unit.Load;

public sealed class LoadConnectionTests : IDisposable
{
    private static readonly LoadRequest Request = new("any", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public LoadConnectionTests() => _listener.Start();

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 11\r\nServer-Timing: decode;dur=1\r\n\r\nhello world")]
    [InlineData("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nserver-timing: decode;dur=1\r\n\r\n6\r\nhello \r\n5\r\nworld\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nServer-Timing: decode;dur=1\r\n\r\nB\r\nhello world\r\n0\r\n\r\n")]
    public async Task Ask_AnswerByteByByte_IsReadWhole(string wire)
    {
        var serving = ServeAsync(wire, wire);
        using var connection = new LoadConnection((IPEndPoint)_listener.LocalEndpoint);

        // Twice: nothing of the first is left over.
        await Task.Run(() => AskAndCheck());
        await Task.Run(() => AskAndCheck());

        Assert.Equal(1, await serving);
        void AskAndCheck()
        {
            var answer = connection.Ask(Request);
            Assert.Equal(200, answer.Status);
            Assert.Equal("hello world", Encoding.ASCII.GetString(answer.Body));
            Assert.Equal("decode;dur=1", Encoding.ASCII.GetString(answer.Header("Server-Timing"u8)));
            Assert.True(answer.Header("Server"u8).IsEmpty);
        }
    }

    [Fact]
    public async Task Ask_ServerClosesAfterItsAnswer_ConnectsAgain()
    {
        const string Wire = "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        var serving = ServeAsync(Wire, Wire);
        using var connection = new LoadConnection((IPEndPoint)_listener.LocalEndpoint);

        Assert.Equal(503, await Task.Run(() => connection.Ask(Request).Status));
        Assert.Equal(503, await Task.Run(() => connection.Ask(Request).Status));

        Assert.Equal(2, await serving);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.9\r\n\r\n")]
    public async Task Ask_NoHttpAnswer_Throws(string wire)
    {
        var serving = ServeAsync(wire);
        using var connection = new LoadConnection((IPEndPoint)_listener.LocalEndpoint);

        await Assert.ThrowsAsync<InvalidDataException>(() => Task.Run(() => connection.Ask(Request).Status));
        await serving;
    }

    [Fact]
    public async Task RunAsync_ServerGone_CountsFailedConnectionsAndEnds()
    {
        var server = new Uri($"http://{_listener.LocalEndpoint}");
        _listener.Stop();

        var load = await new LoadGenerator(server, [Request], (_, in _) => true).RunAsync(2, LoadSchedule.Of(1000));

        Assert.Equal(20, load.Failures);
        Assert.Equal((20, 0), (load.Samples.Count, load.Wrong));
        Assert.NotNull(load.FirstProblem);
    }

    public void Dispose() => _listener.Dispose();

    // Gives each answer to one request, in pieces as small as TCP can; a connection that an answer closes is followed by another. Returns how many there were.
    private async Task<int> ServeAsync(params string[] answers)
    {
        var (connections, request) = (0, new byte[Request.Bytes.Length]);
        for (var next = 0; next < answers.Length;)
        {
            using var client = await _listener.AcceptTcpClientAsync();
            client.NoDelay = true;
            connections++;
            for (var isOpen = true; isOpen && next < answers.Length; next++)
            {
                await client.GetStream().ReadExactlyAsync(request);
                foreach (var character in Encoding.ASCII.GetBytes(answers[next]))
                    await client.GetStream().WriteAsync(new[] { character });
                isOpen = !answers[next].Contains("Connection: close", StringComparison.Ordinal);
            }
        }

        return connections;
    }
}
