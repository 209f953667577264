using ClassifierFunctions.Imaging;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.ModelTool.Images;

/// <summary>What is refused without looking into a file, in the app's words.</summary>
internal static class ImageFile
{
    /// <exception cref="ClassifierException">The file is too large.</exception>
    public static void CheckLength(long bytes, int maxBytes)
    {
        if (bytes > maxBytes)
        {
            throw new ClassifierException(
                ClassifierError.TooManyBytes,
                $"The image has {bytes} bytes; at most {maxBytes} are accepted, as {LimitsOptions.Section}__{nameof(LimitsOptions.MaxImageBytes)} says.");
        }
    }

    public static bool IsUnreadable(Exception failure) => failure is IOException or UnauthorizedAccessException;

    public static Problem Unreadable(Exception failure) => Problem.From(ClassifierError.InvalidRequest, $"The file cannot be read: {failure.Message}");
}
