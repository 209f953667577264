using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Training.Photos;

/// <summary>A picture that counts as good, to be degraded.</summary>
/// <param name="Name">File name, or the scene's seed: what a split goes by.</param>
/// <param name="Image">Its pixels.</param>
internal sealed record Original(string Name, RgbImage Image)
{
    /// <summary>All of it, with its shortest edge resized.</summary>
    public RgbImage Resize(int shortestEdge, ResampleFilter filter)
    {
        var (width, height) = ImageReading.WithShortestEdge(Image.Width, Image.Height, shortestEdge);
        using var pixels = new PixelImage(Image, new PixelRegion(0, 0, Image.Width, Image.Height));
        return pixels.Resize(width, height, filter);
    }
}
