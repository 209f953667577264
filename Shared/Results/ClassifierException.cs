namespace ClassifierFunctions.Results;

/// <summary>A failure with a known cause. Its message is shown to the caller, so it says what to do and holds no internals.</summary>
public sealed class ClassifierException(ClassifierError error, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public ClassifierError Error { get; } = error;

    /// <summary>Names of the models that do exist, for <see cref="ClassifierError.UnknownModel"/>.</summary>
    public IReadOnlyList<string>? KnownModels { get; init; }

    /// <summary>How soon a new try makes sense, when that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when the same bytes may succeed later: such a failure is retried, others are final.</summary>
    public bool IsTransient => Error is ClassifierError.Overloaded or ClassifierError.ModelUnavailable or ClassifierError.StorageUnavailable or ClassifierError.Internal;
}
