namespace ClassifierFunctions.Imaging;

/// <summary>
/// Resizes an image while its rows arrive, and keeps only those that are still needed. Pillow and OpenCV resize an upright picture along its rows
/// first, and round before they go on across them. For a picture that is stored lying on its side that means across the stored rows first, which
/// <c>acrossFirst</c> does: the result is the same in every byte as if the picture had been turned before.
/// </summary>
internal sealed class StreamingResize : IDisposable
{
    private readonly ResampleKernel _columns;
    private readonly ResampleKernel _rows;
    private readonly PixelRegion _region;
    private readonly int _channels;
    private readonly bool _acrossFirst;
    private readonly RowRing _ring;
    private readonly PixelBuffer _joined;
    private readonly PixelBuffer? _line;
    private int _nextRow;
    private int _nextEntry;

    /// <param name="columns">Weights along the stored rows.</param>
    /// <param name="rows">Weights across the stored rows.</param>
    /// <param name="region">The part of the stored image that arrives: what both kernels need.</param>
    /// <param name="channels">Bytes per pixel: 1 or 4.</param>
    /// <param name="acrossFirst">The stored rows are columns of the upright picture.</param>
    public StreamingResize(ResampleKernel columns, ResampleKernel rows, PixelRegion region, int channels, bool acrossFirst)
    {
        (_columns, _rows, _region, _channels, _acrossFirst) = (columns, rows, region, channels, acrossFirst);
        _nextRow = region.Y;
        var ringSamples = (acrossFirst ? region.Width : columns.Count) * channels;
        _ring = new RowRing(ringSamples * (acrossFirst ? 1 : columns.SampleBytes), rows.MaxTaps);
        _joined = new PixelBuffer(ringSamples * rows.SampleBytes);
        _line = acrossFirst ? new PixelBuffer(columns.Count * channels) : null;
    }

    /// <summary>Takes the next stored row; call <see cref="TryTake"/> until it gives no more before the next.</summary>
    /// <param name="row">The region's width of pixels, in front of <see cref="PixelBuffer.Slack"/> readable bytes.</param>
    public void Add(ReadOnlySpan<byte> row)
    {
        var number = _nextRow++;
        // A filter of few taps skips rows of a reduced picture.
        if (_nextEntry == _rows.Count || number < _rows.Start(_nextEntry))
            return;
        if (_acrossFirst)
            row[.._ring.RowBytes].CopyTo(_ring.Row(number));
        else
            _columns.AlongRow(row, _region.X, _channels, _ring.Row(number));
    }

    /// <summary>Gives the next line of the result that the rows so far are enough for.</summary>
    /// <param name="line">Pixels along the stored rows: a row of the upright picture, or a column of it when the picture lies on its side.</param>
    /// <param name="position">Which row, or which column.</param>
    public bool TryTake(out ReadOnlySpan<byte> line, out int position)
    {
        line = default;
        position = 0;
        if (_nextEntry == _rows.Count || _rows.End(_nextEntry) > _nextRow)
            return false;

        _rows.AcrossRows(_ring, _nextEntry, _joined.Span);
        if (_line is not null)
            _columns.AlongRow(_joined.Span, _region.X, _channels, _line.Span);
        line = (_line ?? _joined).Span[..(_columns.Count * _channels)];
        position = _rows.Target(_nextEntry++);
        return true;
    }

    public void Dispose()
    {
        _ring.Dispose();
        _joined.Dispose();
        _line?.Dispose();
    }
}
