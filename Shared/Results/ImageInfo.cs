namespace ClassifierFunctions.Results;

/// <summary>What the decoder saw.</summary>
/// <param name="Format">Content format, whatever the name says: <c>jpeg</c>, <c>png</c>, <c>webp</c>, <c>gif</c> or <c>bmp</c>.</param>
/// <param name="Width">Pixels, as displayed: after EXIF orientation.</param>
/// <param name="Height">Pixels, as displayed: after EXIF orientation.</param>
public sealed record ImageInfo(string Format, int Width, int Height);
