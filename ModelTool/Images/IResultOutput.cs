using ClassifierFunctions.Results;

namespace ClassifierFunctions.ModelTool.Images;

/// <summary>Writes results to standard output.</summary>
internal interface IResultOutput
{
    /// <summary>Whether each result is written at once.</summary>
    bool IsStreamed { get; }

    /// <summary>Whether a person reading it sees why an image failed.</summary>
    bool ShowsErrors { get; }

    void Add(ImageResult result);

    /// <summary>Writes what is left to write.</summary>
    /// <param name="model">Name of the model that answered; empty when none did.</param>
    /// <param name="version">Its version; empty when none did.</param>
    void Complete(string model, string version);
}
