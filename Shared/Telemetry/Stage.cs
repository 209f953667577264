namespace ClassifierFunctions.Telemetry;

/// <summary>The stages of a classification, in the order in which <c>Server-Timing</c> names them.</summary>
public enum Stage
{
    /// <summary>Creating the model's session; only the first request has it.</summary>
    Load,
    Decode,
    Preprocess,

    /// <summary>Waiting for a free processor.</summary>
    Queue,
    Inference,
}
