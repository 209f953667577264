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

    /// <summary>Refuses by the header alone, before pixels are allocated.</summary>
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
}
