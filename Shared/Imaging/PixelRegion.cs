namespace ClassifierFunctions.Imaging;

/// <summary>A rectangle of an image as it is stored, in pixels.</summary>
internal readonly record struct PixelRegion(int X, int Y, int Width, int Height)
{
    public int Right => X + Width;

    public int Bottom => Y + Height;
}
