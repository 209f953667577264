namespace ClassifierFunctions.Imaging;

/// <summary>
/// A JPEG decoder can leave out high frequencies and so give an image at n/8 of its size, for a fraction of the work. What is left must still be
/// reduced by two at least: then the result is hardly told from that of a full decode (docs/benchmarks.md has the differences), while
/// decoding to just the wanted size blurs edges. Pillow's own <c>reducing_gap</c> knows the same factor as good.
/// It must have 448 pixels in each direction, too: models of small images feel most what moves a pixel, and a photo of less than 512 pixels, which 448 are
/// 7/8 of, is cheap to decode as a whole.
/// </summary>
internal static class JpegScale
{
    /// <summary>Eighths of the whole size.</summary>
    public const int Full = 8;

    private const int MinReduction = 2;
    private const int MinSize = 448;

    /// <summary>The smallest scale, in eighths, that is safe for a resize.</summary>
    /// <param name="config">A filter that is not antialiased needs all pixels.</param>
    /// <param name="plan">The resize.</param>
    /// <param name="width">Width of the upright picture, pixels.</param>
    /// <param name="height">Height of the upright picture, pixels.</param>
    public static int For(PreprocessorConfig config, ResizePlan plan, int width, int height)
    {
        // A box's sharp edges fall between the pixels of a smaller image.
        if (!config.Antialias || config.Resample is ResampleFilter.Nearest or ResampleFilter.Box)
            return Full;
        return (int)Math.Clamp(Math.Max(Needed(plan.Width, width), Needed(plan.Height, height)), 1, Full);
    }

    /// <summary>A size at a scale: rounded up, as decoders do.</summary>
    public static int Size(int full, int eighths) => (int)((((long)full * eighths) + Full - 1) / Full);

    // Rounded up.
    private static long Needed(int target, int full) => ((Full * Math.Max((long)target * MinReduction, MinSize)) + full - 1) / full;
}
