namespace ClassifierFunctions.Imaging;

/// <summary>
/// Puts lines of resized pixels into a tensor. After a resize every value is a byte, so rescaling, normalising and the element type are together one
/// table of 256 elements per channel, and a lookup is cheaper than the arithmetic.
/// </summary>
internal abstract class TensorWriter
{
    private const int Levels = 256;

    /// <param name="config">Rescaling, normalisation and channel order.</param>
    /// <param name="shape">The tensor.</param>
    public static TensorWriter Create(PreprocessorConfig config, TensorShape shape)
    {
        var values = Enumerable.Range(0, shape.Channels).Select(channel => Table(config, SourceChannel(config, shape, channel)));
        return shape.Element switch
        {
            TensorElement.Float32 => new TensorWriter<float>(config, shape, [.. values]),
            TensorElement.Float16 => new TensorWriter<Half>(config, shape, [.. values.Select(table => Array.ConvertAll(table, value => (Half)value))]),
            TensorElement.UInt8 => new TensorWriter<byte>(config, shape, [.. values.Select(table => Array.ConvertAll(table, value => (byte)Math.Clamp(MathF.Round(value), 0, 255)))]),
            _ => throw new ArgumentOutOfRangeException(nameof(shape), shape.Element, null),
        };
    }

    /// <summary>Writes what black pixels become: a crop that is larger than the picture leaves them around it.</summary>
    public abstract void Blacken(Span<byte> tensor);

    /// <summary>Writes pixels from (<paramref name="x"/>, <paramref name="y"/>) on: to the right, or downwards.</summary>
    /// <param name="line">Pixels of <paramref name="lineChannels"/> bytes: 1 (grey), or 4 (R G B and one that means nothing).</param>
    /// <param name="down">The line is a column.</param>
    public abstract void Write(ReadOnlySpan<byte> line, int lineChannels, int x, int y, bool down, Span<byte> tensor);

    /// <summary>The channel of an RGB pixel that becomes a channel of the tensor.</summary>
    protected static int SourceChannel(PreprocessorConfig config, TensorShape shape, int channel)
        => shape.Channels == 3 && config.FlipChannelOrder ? 2 - channel : channel;

    private static float[] Table(PreprocessorConfig config, int rgbChannel)
    {
        var mean = config.Mean is { } means ? means[Math.Min(rgbChannel, means.Count - 1)] : 0;
        var std = config.Std is { } deviations ? deviations[Math.Min(rgbChannel, deviations.Count - 1)] : 1;
        var values = new float[Levels];
        for (var level = 0; level < Levels; level++)
            values[level] = (float)(((level * config.RescaleFactor) - mean) / std);
        return values;
    }
}
