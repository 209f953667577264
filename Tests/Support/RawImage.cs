using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Tests.Support;

/// <summary>An image of known pixels, for tests that are not about a codec.</summary>
internal sealed class RawImage(int width, int height, byte[] rgb, int orientation = 1) : EncodedImage(ImageFormat.Png, width, height, orientation)
{
    public override long WorkingBytes => rgb.Length;

    public override void Dispose()
    {
    }

    internal override int SupportedScale(int eighths) => JpegScale.Full;

    internal override PixelReader Read(int eighths, PixelRegion region, CancellationToken cancellationToken)
    {
        var frame = new PixelBuffer(StoredWidth * StoredHeight * 4);
        for (var i = 0; i < StoredWidth * StoredHeight; i++)
            rgb.AsSpan(i * 3, 3).CopyTo(frame.Span[(i * 4)..]);
        return new FrameReader(frame, StoredWidth * 4, 4, region);
    }
}
