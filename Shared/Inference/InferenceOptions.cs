using System.ComponentModel.DataAnnotations;

namespace ClassifierFunctions.Inference;

/// <summary>How models are run. Bound from <c>Inference__…</c>.</summary>
public sealed class InferenceOptions
{
    public const string Section = "Inference";

    /// <summary>
    /// <c>auto</c> takes CUDA when it loads and the CPU otherwise; a list such as <c>CUDA,CPU</c> is tried in its order, and a model
    /// that no listed provider can run is not served.
    /// </summary>
    /// <value>Default <c>auto</c>.</value>
    [RegularExpression("(?i)^(auto|(CUDA|CPU)(,(CUDA|CPU))*)$", ErrorMessage = "Inference__ExecutionProviders must be auto, CPU, CUDA or CUDA,CPU")]
    public string ExecutionProviders { get; set; } = "auto";

    /// <summary>Images that may wait for a free processor; more are refused with 503.</summary>
    /// <value>Default 256; 0 to 100,000. An image waits with its encoded bytes in memory.</value>
    [Range(0, 100_000, ErrorMessage = "Inference__MaxQueueLength must be 0 to 100000")]
    public int MaxQueueLength { get; set; } = 256;
}
