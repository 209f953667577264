namespace ClassifierFunctions.Inference;

/// <summary>Who waits for an image's result.</summary>
public enum Priority
{
    /// <summary>A caller, now.</summary>
    Interactive,

    /// <summary>Nobody at the moment: an upload, whose result is fetched later. Yields to <see cref="Interactive"/>.</summary>
    Background,
}
