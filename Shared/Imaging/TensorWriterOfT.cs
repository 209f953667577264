using System.Runtime.InteropServices;

namespace ClassifierFunctions.Imaging;

/// <inheritdoc />
internal sealed class TensorWriter<T>(PreprocessorConfig config, TensorShape shape, T[][] tables) : TensorWriter
    where T : unmanaged
{
    private readonly int[] _sources = [.. Enumerable.Range(0, shape.Channels).Select(channel => SourceChannel(config, shape, channel))];

    public override void Blacken(Span<byte> tensor)
    {
        var elements = MemoryMarshal.Cast<byte, T>(tensor);
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            var (first, step) = shape.Layout == TensorLayout.Nchw ? (channel * shape.Width * shape.Height, 1) : (channel, shape.Channels);
            for (var i = 0; i < shape.Width * shape.Height; i++)
                elements[first + (i * step)] = tables[channel][0];
        }
    }

    public override void Write(ReadOnlySpan<byte> line, int lineChannels, int x, int y, bool down, Span<byte> tensor)
    {
        var elements = MemoryMarshal.Cast<byte, T>(tensor);
        var (perPixel, perChannel) = shape.Layout == TensorLayout.Nchw ? (1, shape.Width * shape.Height) : (shape.Channels, 1);
        var first = ((y * shape.Width) + x) * perPixel;
        var step = down ? shape.Width * perPixel : perPixel;
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            var target = elements[(first + (channel * perChannel))..];
            if (lineChannels == 1)
                Lookup(line, 1, tables[channel], target, step);
            else if (shape.Channels == 1)
                LookupLuma(line, tables[channel], target, step);
            else
                Lookup(line[_sources[channel]..], lineChannels, tables[channel], target, step);
        }
    }

    private static void Lookup(ReadOnlySpan<byte> line, int stride, ReadOnlySpan<T> table, Span<T> target, int step)
    {
        for (int s = 0, t = 0; s < line.Length; s += stride, t += step)
            target[t] = table[line[s]];
    }

    // ITU-R 601-2 luma in the fixed point of Pillow's mode "L".
    private static void LookupLuma(ReadOnlySpan<byte> line, ReadOnlySpan<T> table, Span<T> target, int step)
    {
        for (int s = 0, t = 0; s < line.Length; s += 4, t += step)
            target[t] = table[((line[s] * 19595) + (line[s + 1] * 38470) + (line[s + 2] * 7471) + 0x8000) >> 16];
    }
}
