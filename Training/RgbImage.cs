namespace ClassifierFunctions.Training;

/// <summary>An upright picture in sRGB, 8 bits per channel.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Pixels">Rows x columns x RGB, <c>Height * Width * 3</c> bytes.</param>
internal sealed record RgbImage(int Width, int Height, byte[] Pixels)
{
    public RgbImage(int width, int height) : this(width, height, new byte[width * height * 3])
    {
    }

    /// <summary>Pixels of the shorter side.</summary>
    public int ShortestEdge => Math.Min(Width, Height);
}
