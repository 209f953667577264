namespace ClassifierFunctions.Telemetry;

/// <summary>The stages of a classification, in the order in which <c>Server-Timing</c> names them.</summary>
public enum Stage
{
    /// <summary>Creating the model's session: in the histogram only, because the requests that wait for it share one creation.</summary>
    Load,
    Decode,
    Preprocess,

    /// <summary>Waiting for a free processor.</summary>
    Queue,
    Inference,
}
