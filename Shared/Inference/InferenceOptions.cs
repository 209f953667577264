using System.ComponentModel.DataAnnotations;

namespace ClassifierFunctions.Inference;

/// <summary>How models are run. Bound from <c>Inference__…</c>.</summary>
public sealed class InferenceOptions
{
    public const string Section = "Inference";

    private const int CudaBatchSize = 16;

    /// <summary>
    /// <c>auto</c> takes CUDA when it loads and the CPU otherwise; a list such as <c>CUDA,CPU</c> is tried in its order, and a model
    /// that no listed provider can run is not served.
    /// </summary>
    /// <value>Default <c>auto</c>.</value>
    [Required(ErrorMessage = "Inference__ExecutionProviders must be auto, CPU, CUDA or CUDA,CPU")]
    [RegularExpression("(?i)^(auto|(CUDA|CPU)(,(CUDA|CPU))*)$", ErrorMessage = "Inference__ExecutionProviders must be auto, CPU, CUDA or CUDA,CPU")]
    public string ExecutionProviders { get; set; } = "auto";

    /// <summary>Images of one model that may wait for a free processor; more are refused with 503.</summary>
    /// <value>Default 256; 0 to 100,000. An image waits with its encoded bytes in memory.</value>
    [Range(0, 100_000, ErrorMessage = "Inference__MaxQueueLength must be 0 to 100000")]
    public int MaxQueueLength { get; set; } = 256;

    /// <summary>Most images in one run of a model whose batch axis is dynamic; 1 runs each by itself.</summary>
    /// <value>
    /// Default 16 on CUDA, which computes them side by side, and 1 on the CPU, where a batch takes as long as its images one after the other
    /// (docs/benchmarks.md); 1 to 1024.
    /// </value>
    [Range(1, 1024, ErrorMessage = "Inference__MaxBatchSize must be 1 to 1024")]
    public int? MaxBatchSize { get; set; }

    /// <summary>Longest that a batch waits for images which are being decoded for it. One that no other follows never waits.</summary>
    /// <value>Milliseconds, default 0: a batch is what came while the one before it ran; 0 to 1000.</value>
    [Range(0d, 1000d, ErrorMessage = "Inference__MaxBatchDelayMs must be 0 to 1000 milliseconds")]
    public double MaxBatchDelayMs { get; set; }

    internal TimeSpan MaxBatchDelay => TimeSpan.FromMilliseconds(MaxBatchDelayMs);

    internal int BatchSizeOn(string provider) => MaxBatchSize ?? (provider == ExecutionProvider.Cuda ? CudaBatchSize : 1);
}
