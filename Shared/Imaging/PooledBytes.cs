using System.Buffers;

namespace ClassifierFunctions.Imaging;

/// <summary>Encoded bytes in a pooled buffer, which goes back when this is disposed.</summary>
public sealed class PooledBytes : IDisposable
{
    private byte[]? _buffer;
    private int _length;

    /// <summary>Holds <paramref name="length"/> bytes, to be written through <see cref="Writable"/>.</summary>
    public PooledBytes(int length)
        : this(ArrayPool<byte>.Shared.Rent(Math.Max(length, 1)), length)
    {
    }

    private PooledBytes(byte[] buffer, int length) => (_buffer, _length) = (buffer, length);

    public ReadOnlyMemory<byte> Memory => Buffer.AsMemory(0, _length);

    public Memory<byte> Writable => Buffer.AsMemory(0, _length);

    private byte[] Buffer => _buffer ?? throw new ObjectDisposedException(nameof(PooledBytes));

    /// <summary>Reads a stream of unknown length to its end.</summary>
    /// <param name="stream">Read from where it stands.</param>
    /// <param name="expectedLength">First size of the buffer, which then grows as needed.</param>
    /// <param name="maxLength">Most bytes to keep.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Null when the stream has more than <paramref name="maxLength"/> bytes; the rest is left unread.</returns>
    public static async Task<PooledBytes?> ReadAsync(Stream stream, int expectedLength, long maxLength, CancellationToken cancellationToken)
    {
        // One byte more than expected, so that the end is seen without growing.
        var bytes = new PooledBytes(ArrayPool<byte>.Shared.Rent((int)Math.Min(expectedLength, maxLength) + 1), length: 0);
        try
        {
            while (true)
            {
                var read = await stream.ReadAsync(bytes.Buffer.AsMemory(bytes._length), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                    return bytes;
                bytes._length += read;
                if (bytes._length > maxLength)
                {
                    bytes.Dispose();
                    return null;
                }

                if (bytes._length == bytes.Buffer.Length)
                    bytes.Grow();
            }
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>Drops what is behind the first <paramref name="length"/> bytes.</summary>
    public void Truncate(int length) => _length = Math.Min(length, _length);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Buffer.Length * 2L, Array.MaxLength));
        Memory.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(Buffer);
        _buffer = larger;
    }
}
