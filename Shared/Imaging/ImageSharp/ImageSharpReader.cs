using System.Runtime.InteropServices;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Advanced;
using SixLabors.ImageSharp.PixelFormats;

namespace ClassifierFunctions.Imaging;

/// <summary>Gives the rows of a region of an ImageSharp image, which may lie in several pieces of memory.</summary>
internal sealed class ImageSharpReader : PixelReader
{
    private const int BytesPerPixel = 4;
    private const int StripBytes = 256 * 1024;

    private readonly Image<Rgba32> _image;
    private readonly GifFirstFrame? _gif;
    private readonly PixelRegion _region;
    private readonly PixelBuffer _strip;
    private int _row;

    /// <param name="image">Owned from here on.</param>
    /// <param name="gif">Of a GIF: what lies around its first frame.</param>
    /// <param name="region">The wanted part.</param>
    public ImageSharpReader(Image<Rgba32> image, GifFirstFrame? gif, PixelRegion region)
    {
        (_image, _gif, _region, _row) = (image, gif, region, region.Y);
        var stride = region.Width * BytesPerPixel;
        _strip = new PixelBuffer(stride * Math.Clamp(StripBytes / stride, 1, region.Height));
    }

    public override int Channels => BytesPerPixel;

    public override PixelRows Read()
    {
        var stride = _region.Width * BytesPerPixel;
        var count = Math.Min(_strip.Length / stride, _region.Bottom - _row);
        for (var i = 0; i < count; i++, _row++)
        {
            var pixels = MemoryMarshal.AsBytes(_image.DangerousGetPixelRowMemory(_row).Span);
            _gif?.FillAround(pixels, _row, _image.Width);
            pixels.Slice(_region.X * BytesPerPixel, stride).CopyTo(_strip.Span[(i * stride)..]);
        }

        return new PixelRows(_strip.Span, stride, count);
    }

    public override void Dispose()
    {
        _image.Dispose();
        _strip.Dispose();
    }
}
