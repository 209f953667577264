using Microsoft.ML.OnnxRuntime;

namespace ClassifierFunctions.Inference;

/// <summary>ONNX Runtime's process-wide state: one thread pool for all sessions instead of one each.</summary>
internal static class OnnxEnvironment
{
    private static readonly Lazy<OrtEnv> Environment = new(() =>
    {
        // ProcessorCount honours a container's CPU limit; ONNX Runtime's own count does not.
        using var threads = new OrtThreadingOptions
        {
            GlobalIntraOpNumThreads = System.Environment.ProcessorCount,
            GlobalInterOpNumThreads = 1,
            // A thread that spins for its next operator takes the processor from the images that are being decoded.
            GlobalSpinControl = false,
        };
        var options = new EnvironmentCreationOptions
        {
            logId = Telemetry.ClassifierTelemetry.Name,
            logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            threadOptions = threads,
        };
        return OrtEnv.CreateInstanceWithOptions(ref options);
    });

    /// <summary>True when this build of ONNX Runtime has the provider; its libraries may still be missing.</summary>
    public static bool Has(string provider) => Environment.Value.GetAvailableProviders().Contains(provider + "ExecutionProvider");

    public static SessionOptions CreateSessionOptions()
    {
        _ = Environment.Value;
        var options = new SessionOptions();
        options.DisablePerSessionThreads();
        return options;
    }
}
