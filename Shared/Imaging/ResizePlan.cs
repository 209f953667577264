namespace ClassifierFunctions.Imaging;

/// <summary>The size to which an upright picture is resized, which part of that is wanted, and where in the output it goes.</summary>
/// <param name="Width">Width of the whole resized picture, pixels.</param>
/// <param name="Height">Height of the whole resized picture, pixels.</param>
/// <param name="X">Left edge of the wanted part.</param>
/// <param name="Y">Upper edge of the wanted part.</param>
/// <param name="PartWidth">Width of the wanted part.</param>
/// <param name="PartHeight">Height of the wanted part.</param>
/// <param name="Left">Black columns of the output before the part.</param>
/// <param name="Top">Black rows of the output above the part.</param>
internal readonly record struct ResizePlan(int Width, int Height, int X, int Y, int PartWidth, int PartHeight, int Left, int Top)
{
    /// <param name="config">Resize and crop.</param>
    /// <param name="outputWidth">Width of the output, pixels.</param>
    /// <param name="outputHeight">Height of the output, pixels.</param>
    /// <param name="width">Width of the upright picture, pixels.</param>
    /// <param name="height">Height of the upright picture, pixels.</param>
    public static ResizePlan For(PreprocessorConfig config, int outputWidth, int outputHeight, int width, int height)
    {
        var (resizedWidth, resizedHeight) = Resized(config, width, height);
        // Floored even when negative, as the training code's // does; a crop beyond the picture is padded with black.
        var (x, y) = ((resizedWidth - outputWidth) >> 1, (resizedHeight - outputHeight) >> 1);
        return new ResizePlan(
            resizedWidth,
            resizedHeight,
            Math.Max(x, 0),
            Math.Max(y, 0),
            Math.Min(outputWidth, resizedWidth),
            Math.Min(outputHeight, resizedHeight),
            Math.Max(-x, 0),
            Math.Max(-y, 0));
    }

    private static (int Width, int Height) Resized(PreprocessorConfig config, int width, int height)
    {
        if (config.ShortestEdge is { } edge)
        {
            var longest = (int)Math.Clamp((long)edge * Math.Max(width, height) / Math.Min(width, height), 1, int.MaxValue);
            return width <= height ? (edge, longest) : (longest, edge);
        }

        return config.ResizeWidth is { } exactWidth && config.ResizeHeight is { } exactHeight ? (exactWidth, exactHeight) : (width, height);
    }
}
