using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace ClassifierFunctions.Tests.Load;

/// <summary>
/// One client: a blocking socket that asks and reads one answer at a time (HTTP/1.1, RFC 9112), as cheaply as .NET can. It connects when it has to.
/// </summary>
internal sealed class LoadConnection(IPEndPoint server) : IDisposable
{
    private const int BufferBytes = 16 << 10;
    private const int MaxAnswerBytes = 1 << 20;
    private const int TimeoutMilliseconds = 60_000;

    private byte[] _buffer = new byte[BufferBytes];
    private int _filled;
    private Socket? _socket;

    /// <exception cref="SocketException">The server cannot be reached, hung up, or took more than a minute.</exception>
    /// <exception cref="InvalidDataException">What came is not an HTTP answer.</exception>
    public LoadAnswer Ask(LoadRequest request)
    {
        var whole = false;
        try
        {
            _socket ??= Connect();
            for (var sent = 0; sent < request.Bytes.Length;)
                sent += _socket.Send(request.Bytes, sent, request.Bytes.Length - sent, SocketFlags.None);
            var answer = Receive(out var close);
            whole = !close;
            return answer;
        }
        finally
        {
            if (!whole)
                Dispose();
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private Socket Connect()
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            SendTimeout = TimeoutMilliseconds,
            ReceiveTimeout = TimeoutMilliseconds,
        };
        try
        {
            socket.Connect(server);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private LoadAnswer Receive(out bool close)
    {
        _filled = 0;
        var (fields, body) = (EndOf("\r\n"u8, 0), EndOf("\r\n\r\n"u8, 0));
        var head = _buffer.AsSpan(fields, body - 2 - fields);
        if (!_buffer.AsSpan().StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(_buffer.AsSpan(9, 3), out int status, out _))
            throw new InvalidDataException("The server does not speak HTTP/1.1.");
        close = LoadAnswer.Field(head, "Connection"u8).SequenceEqual("close"u8);

        int length, end;
        if (LoadAnswer.Field(head, "Transfer-Encoding"u8).SequenceEqual("chunked"u8))
        {
            (length, end) = ReadChunks(body);
        }
        else
        {
            if (!Utf8Parser.TryParse(LoadAnswer.Field(head, "Content-Length"u8), out length, out _) || length is < 0 or > MaxAnswerBytes)
                throw new InvalidDataException("The answer does not say how long it is.");
            end = body + length;
            FillTo(end);
        }

        return _filled == end
            ? new LoadAnswer(status, _buffer.AsSpan(fields, body - 2 - fields), _buffer.AsSpan(body, length))
            : throw new InvalidDataException("The answer has more bytes than it says.");
    }

    // Moves the chunks together, to where the first one's size was.
    private (int Length, int End) ReadChunks(int body)
    {
        var (length, position) = (0, body);
        while (true)
        {
            var data = EndOf("\r\n"u8, position);
            if (!Utf8Parser.TryParse(_buffer.AsSpan(position, data - position), out int size, out _, 'X') || size is < 0 or > MaxAnswerBytes)
                throw new InvalidDataException("A chunk does not say how long it is.");
            position = data + size + 2;
            FillTo(position);
            if (size == 0)
                return (length, position);
            _buffer.AsSpan(data, size).CopyTo(_buffer.AsSpan(body + length));
            length += size;
        }
    }

    // Position after the next occurrence.
    private int EndOf(ReadOnlySpan<byte> mark, int from)
    {
        int found;
        while ((found = _buffer.AsSpan(from, _filled - from).IndexOf(mark)) < 0)
            FillTo(_filled + 1);
        return from + found + mark.Length;
    }

    private void FillTo(int end)
    {
        if (end > MaxAnswerBytes)
            throw new InvalidDataException($"The answer has more than {MaxAnswerBytes} bytes.");
        if (end > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(end, _buffer.Length * 2));
        while (_filled < end)
        {
            var received = _socket!.Receive(_buffer, _filled, _buffer.Length - _filled, SocketFlags.None);
            _filled += received > 0 ? received : throw new SocketException((int)SocketError.ConnectionReset);
        }
    }
}
