namespace ClassifierFunctions.Imaging;

/// <summary>The size to which an image is resized, and which part of that is wanted.</summary>
/// <param name="Width">Width of the whole resized image, pixels.</param>
/// <param name="Height">Height of the whole resized image, pixels.</param>
/// <param name="X">Left edge of the wanted part.</param>
/// <param name="Y">Upper edge of the wanted part.</param>
/// <param name="PartWidth">Width of the wanted part.</param>
/// <param name="PartHeight">Height of the wanted part.</param>
internal readonly record struct ResizePlan(int Width, int Height, int X, int Y, int PartWidth, int PartHeight);
