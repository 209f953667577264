using ClassifierFunctions.Models;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.Training;

/// <summary>What to tell people of a failure, where a stack trace would tell them nothing.</summary>
internal static class Failures
{
    /// <returns>One line; null for a bug, whose stack trace matters.</returns>
    public static string? Message(Exception failure) => failure switch
    {
        AggregateException several => Message(several.InnerExceptions[0]),
        DllNotFoundException or TypeInitializationException => $"TorchSharp's native library cannot be loaded on this system: {failure.GetBaseException().Message}",
        OutOfMemoryException => "There is not enough memory: ask for fewer --samples.",
        ArgumentException or InvalidOperationException or IOException or UnauthorizedAccessException or ModelFormatException or ClassifierException
            => failure.Message,
        _ => null,
    };
}
