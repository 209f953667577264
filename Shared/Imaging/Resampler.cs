namespace ClassifierFunctions.Imaging;

/// <summary>
/// Resizes 8-bit images as Pillow does: separable and antialiased, first along rows, then along columns, rounded to 8 bits in between.
/// Only the requested part of the target is computed.
/// </summary>
internal static class Resampler
{
    private const int Half = 1 << (ResampleKernel.PrecisionBits - 1);

    /// <param name="source">Pixels, row by row, <paramref name="channels"/> bytes each.</param>
    /// <param name="width">Source width in pixels.</param>
    /// <param name="height">Source height in pixels.</param>
    /// <param name="channels">Bytes per pixel.</param>
    /// <param name="filter">Resampling filter.</param>
    /// <param name="plan">Size of the whole target, and which part of it is wanted.</param>
    /// <param name="target">The wanted part: plan.PartWidth x plan.PartHeight pixels.</param>
    /// <param name="cancellationToken">Checked between rows.</param>
    public static void Resize(
        ReadOnlySpan<byte> source, int width, int height, int channels, ResampleFilter filter, ResizePlan plan, Span<byte> target, CancellationToken cancellationToken)
    {
        if (filter == ResampleFilter.Nearest)
        {
            Nearest(source, width, height, channels, plan, target);
            return;
        }

        var horizontal = new ResampleKernel(filter, width, plan.Width, plan.X, plan.PartWidth);
        var vertical = new ResampleKernel(filter, height, plan.Height, plan.Y, plan.PartHeight);
        var (firstRow, endRow) = vertical.SourceRange();
        var stride = plan.PartWidth * channels;
        var rows = PixelPool.Rent((endRow - firstRow) * stride);
        try
        {
            for (var y = firstRow; y < endRow; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                AlongRow(source.Slice(y * width * channels, width * channels), channels, horizontal, rows.AsSpan((y - firstRow) * stride, stride));
            }

            cancellationToken.ThrowIfCancellationRequested();
            for (var y = 0; y < plan.PartHeight; y++)
                AlongColumns(rows, (vertical.Start(y) - firstRow) * stride, stride, vertical.Weights(y), target.Slice(y * stride, stride));
        }
        finally
        {
            PixelPool.Return(rows);
        }
    }

    private static void AlongRow(ReadOnlySpan<byte> source, int channels, ResampleKernel kernel, Span<byte> target)
    {
        for (var x = 0; x < kernel.Count; x++)
        {
            var weights = kernel.Weights(x);
            var pixels = source[(kernel.Start(x) * channels)..];
            for (var c = 0; c < channels; c++)
            {
                var sum = Half;
                for (int k = 0, s = c; k < weights.Length; k++, s += channels)
                    sum += pixels[s] * weights[k];
                target[(x * channels) + c] = Clamp(sum);
            }
        }
    }

    private static void AlongColumns(ReadOnlySpan<byte> rows, int first, int stride, ReadOnlySpan<int> weights, Span<byte> target)
    {
        for (var i = 0; i < target.Length; i++)
        {
            var sum = Half;
            for (int k = 0, s = first + i; k < weights.Length; k++, s += stride)
                sum += rows[s] * weights[k];
            target[i] = Clamp(sum);
        }
    }

    // Pillow's nearest: the source pixel under the centre of the target pixel.
    private static void Nearest(ReadOnlySpan<byte> source, int width, int height, int channels, ResizePlan plan, Span<byte> target)
    {
        var (scaleX, scaleY) = ((double)width / plan.Width, (double)height / plan.Height);
        var t = 0;
        for (var y = 0; y < plan.PartHeight; y++)
        {
            var row = Math.Min((int)((plan.Y + y + 0.5) * scaleY), height - 1) * width;
            for (var x = 0; x < plan.PartWidth; x++, t += channels)
            {
                var column = Math.Min((int)((plan.X + x + 0.5) * scaleX), width - 1);
                source.Slice((row + column) * channels, channels).CopyTo(target[t..]);
            }
        }
    }

    private static byte Clamp(int sum) => (byte)Math.Clamp(sum >> ResampleKernel.PrecisionBits, 0, 255);
}
