namespace ClassifierFunctions.Imaging;

/// <summary>Gives the rows of a region of an image that has been decoded as a whole.</summary>
/// <param name="frame">The whole image; owned from here on.</param>
/// <param name="stride">Bytes of a whole row.</param>
/// <param name="channels">Bytes of a pixel.</param>
/// <param name="region">The wanted part.</param>
internal sealed class FrameReader(PixelBuffer frame, int stride, int channels, PixelRegion region) : PixelReader
{
    private bool _isRead;

    public override int Channels => channels;

    public override PixelRows Read()
    {
        if (_isRead)
            return default;
        _isRead = true;
        return new PixelRows(frame.Span[((region.Y * stride) + (region.X * channels))..], stride, region.Height);
    }

    public override void Dispose() => frame.Dispose();
}
