using System.Runtime.InteropServices;

namespace ClassifierFunctions.Imaging;

/// <summary>
/// Resizes, crops, reorders, rescales and normalises a decoded image into a tensor. After the resize every value is a byte, so the arithmetic
/// behind it is one table of 256 entries per channel.
/// </summary>
internal sealed class Preprocessor
{
    private const int Levels = 256;

    private readonly PreprocessorConfig _config;
    private readonly TensorLayout _layout;
    private readonly int _elementBytes;

    // Per output channel: the element for each byte value.
    private readonly byte[][] _tables;

    /// <param name="config">Steps and constants.</param>
    /// <param name="layout">Order of the tensor's dimensions.</param>
    /// <param name="element">Type of the tensor's elements.</param>
    /// <param name="channels">1 (grey, as Pillow's mode "L") or 3.</param>
    /// <exception cref="ArgumentException">The output's size depends on the image.</exception>
    public Preprocessor(PreprocessorConfig config, TensorLayout layout, TensorElement element, int channels)
    {
        (Width, Height) = config.OutputSize
            ?? throw new ArgumentException("the size of the preprocessed image is not fixed: set crop_size, or size to {height, width}", nameof(config));
        _config = config;
        _layout = layout;
        Channels = channels;
        _elementBytes = element switch { TensorElement.Float32 => 4, TensorElement.Float16 => 2, _ => 1 };
        _tables = [.. Enumerable.Range(0, channels).Select(channel => Table(config, element, channels == 1 || !config.FlipChannelOrder ? channel : 2 - channel))];
    }

    public int Width { get; }

    public int Height { get; }

    public int Channels { get; }

    /// <summary>Bytes of one image's tensor.</summary>
    public int TensorBytes => Width * Height * Channels * _elementBytes;

    /// <summary>Writes one image's tensor.</summary>
    /// <param name="image">Any size.</param>
    /// <param name="tensor"><see cref="TensorBytes"/> long.</param>
    /// <param name="cancellationToken">Checked between the rows of the resize.</param>
    public void Process(DecodedImage image, Span<byte> tensor, CancellationToken cancellationToken)
    {
        var pixels = PixelPool.Rent(Width * Height * Channels);
        try
        {
            var cropped = pixels.AsSpan(0, Width * Height * Channels);
            if (Channels == 1)
                Grey(image, cropped, cancellationToken);
            else
                ResizeAndCrop(image.Rgb, image.Width, image.Height, cropped, cancellationToken);
            Convert(cropped, tensor);
        }
        finally
        {
            PixelPool.Return(pixels);
        }
    }

    private static byte[] Table(PreprocessorConfig config, TensorElement element, int rgbChannel)
    {
        var mean = config.Mean is { } means ? means[Math.Min(rgbChannel, means.Count - 1)] : 0;
        var std = config.Std is { } deviations ? deviations[Math.Min(rgbChannel, deviations.Count - 1)] : 1;
        var values = new float[Levels];
        for (var level = 0; level < Levels; level++)
            values[level] = (float)(((level * config.RescaleFactor) - mean) / std);
        return element switch
        {
            TensorElement.Float32 => MemoryMarshal.AsBytes<float>(values).ToArray(),
            TensorElement.Float16 => MemoryMarshal.AsBytes<Half>([.. values.Select(value => (Half)value)]).ToArray(),
            TensorElement.UInt8 => [.. values.Select(value => (byte)Math.Clamp(MathF.Round(value), 0, 255))],
            _ => throw new ArgumentOutOfRangeException(nameof(element), element, null),
        };
    }

    // ITU-R 601-2 luma in Pillow's fixed point; Pillow converts before it resizes.
    private void Grey(DecodedImage image, Span<byte> cropped, CancellationToken cancellationToken)
    {
        var rgb = image.Rgb;
        var grey = PixelPool.Rent(image.Width * image.Height);
        try
        {
            for (int i = 0, s = 0; s < rgb.Length; i++, s += 3)
                grey[i] = (byte)(((rgb[s] * 19595) + (rgb[s + 1] * 38470) + (rgb[s + 2] * 7471) + 0x8000) >> 16);
            ResizeAndCrop(grey, image.Width, image.Height, cropped, cancellationToken);
        }
        finally
        {
            PixelPool.Return(grey);
        }
    }

    private void ResizeAndCrop(ReadOnlySpan<byte> source, int width, int height, Span<byte> cropped, CancellationToken cancellationToken)
    {
        var (resizedWidth, resizedHeight) = ResizedSize(width, height);
        // Floored even when negative, as the training code's // does; a crop beyond the image is padded with black.
        var (left, top) = ((resizedWidth - Width) >> 1, (resizedHeight - Height) >> 1);
        var plan = new ResizePlan(resizedWidth, resizedHeight, Math.Max(left, 0), Math.Max(top, 0), Math.Min(Width, resizedWidth), Math.Min(Height, resizedHeight));
        if (left >= 0 && top >= 0)
        {
            Resampler.Resize(source, width, height, Channels, _config.Resample, plan, cropped, cancellationToken);
            return;
        }

        cropped.Clear();
        var part = PixelPool.Rent(plan.PartWidth * plan.PartHeight * Channels);
        try
        {
            Resampler.Resize(source, width, height, Channels, _config.Resample, plan, part, cancellationToken);
            var (padLeft, padTop, rowBytes) = (Math.Max(-left, 0), Math.Max(-top, 0), plan.PartWidth * Channels);
            for (var y = 0; y < plan.PartHeight; y++)
                part.AsSpan(y * rowBytes, rowBytes).CopyTo(cropped[((((padTop + y) * Width) + padLeft) * Channels)..]);
        }
        finally
        {
            PixelPool.Return(part);
        }
    }

    private (int Width, int Height) ResizedSize(int width, int height)
    {
        if (_config.ShortestEdge is { } edge)
        {
            var longest = (int)Math.Clamp((long)edge * Math.Max(width, height) / Math.Min(width, height), 1, int.MaxValue);
            return width <= height ? (edge, longest) : (longest, edge);
        }

        return _config.ResizeWidth is { } exactWidth && _config.ResizeHeight is { } exactHeight ? (exactWidth, exactHeight) : (width, height);
    }

    private void Convert(ReadOnlySpan<byte> pixels, Span<byte> tensor)
    {
        switch (_elementBytes)
        {
            case 4:
                Convert(pixels, MemoryMarshal.Cast<byte, float>(tensor));
                break;
            case 2:
                Convert(pixels, MemoryMarshal.Cast<byte, Half>(tensor));
                break;
            default:
                Convert<byte>(pixels, tensor);
                break;
        }
    }

    private void Convert<T>(ReadOnlySpan<byte> pixels, Span<T> tensor)
        where T : unmanaged
    {
        var (count, perPixel, perChannel) = _layout == TensorLayout.Nchw ? (Width * Height, 1, Width * Height) : (Width * Height, Channels, 1);
        for (var channel = 0; channel < Channels; channel++)
        {
            ReadOnlySpan<T> table = MemoryMarshal.Cast<byte, T>(_tables[channel]);
            var s = _config.FlipChannelOrder ? Channels - 1 - channel : channel;
            var t = channel * perChannel;
            for (var i = 0; i < count; i++, s += Channels, t += perPixel)
                tensor[t] = table[pixels[s]];
        }
    }
}
