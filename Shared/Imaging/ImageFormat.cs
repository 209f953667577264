namespace ClassifierFunctions.Imaging;

/// <summary>The image formats that are read, told by content alone.</summary>
public enum ImageFormat
{
    Jpeg,
    Png,
    WebP,
    Gif,
    Bmp,
}
