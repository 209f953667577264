using System.Globalization;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.Imaging;

/// <summary>The failures that every codec reports in the same words.</summary>
internal static class DecodeFailures
{
    // What JPEG and GIF can have at most. A longer side costs a resize more memory than its few pixels suggest.
    private const int MaxSide = 65_535;

    public static ClassifierException Undecodable(ImageFormat format, string reason, Exception? cause = null)
        => new(ClassifierError.UndecodableImage, $"The content starts like a {ImageFormats.Name(format)} file, but {reason}. Send an intact file.", cause);

    public static ClassifierException TooSlow(ImageFormat format, TimeSpan limit) => new(ClassifierError.UndecodableImage, string.Create(CultureInfo.InvariantCulture,
        $"To decode this {ImageFormats.Name(format)} file takes more than {limit.TotalSeconds:0.###} s of processor time. Send it saved anew, as PNG or as a baseline JPEG."));

    /// <summary>Refuses by the header alone, before pixels are allocated.</summary>
    /// <exception cref="ClassifierException">Too many.</exception>
    public static void ThrowIfTooManyPixels(int width, int height, int maxPixels)
    {
        if (Math.Max(width, height) > MaxSide)
        {
            throw new ClassifierException(ClassifierError.TooManyPixels, string.Create(CultureInfo.InvariantCulture,
                $"The image has {width} x {height} pixels; at most {MaxSide} a side are accepted."));
        }

        if ((long)width * height > maxPixels)
        {
            throw new ClassifierException(ClassifierError.TooManyPixels, string.Create(CultureInfo.InvariantCulture,
                $"The image has {width} x {height} pixels; at most {maxPixels} in all are accepted. Send a smaller version of it."));
        }
    }

    /// <summary>Refuses what could never be decoded within the memory that all decodes share.</summary>
    /// <exception cref="ClassifierException">Too much.</exception>
    public static void ThrowIfTooMuchMemory(long bytes, int width, int height, LimitsOptions limits)
    {
        if (bytes > limits.DecodeMemoryBytes)
        {
            throw new ClassifierException(ClassifierError.TooManyPixels, string.Create(CultureInfo.InvariantCulture,
                $"To decode this kind of image with {width} x {height} pixels takes {bytes / 1_000_000} MB; {limits.DecodeMemoryMB} MB are allowed. Send a smaller version of it."));
        }
    }
}
