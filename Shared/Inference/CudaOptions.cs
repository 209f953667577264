using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace ClassifierFunctions.Inference;

/// <summary>Options of ONNX Runtime's CUDA execution provider (onnxruntime docs, execution-providers/CUDA-ExecutionProvider).</summary>
internal static class CudaOptions
{
    /// <param name="memoryLimitMB">Most that a session's arena may take, megabytes; null for all of the device.</param>
    public static Dictionary<string, string> Values(int? memoryLimitMB)
    {
        var values = new Dictionary<string, string>
        {
            ["device_id"] = "0",
            // The arena grows by what is asked for; by default it doubles, and never gives back.
            ["arena_extend_strategy"] = "kSameAsRequested",
            // By default each new shape's first run tries every convolution algorithm, which takes seconds.
            ["cudnn_conv_algo_search"] = "HEURISTIC",
        };
        if (memoryLimitMB is { } megabytes)
            values["gpu_mem_limit"] = (megabytes * 1_000_000L).ToString(CultureInfo.InvariantCulture);
        return values;
    }

    /// <exception cref="OnnxRuntimeException">This build of ONNX Runtime has no CUDA, or its libraries are missing.</exception>
    public static void AppendTo(SessionOptions session, int? memoryLimitMB)
    {
        using var options = new OrtCUDAProviderOptions();
        options.UpdateOptions(Values(memoryLimitMB));
        session.AppendExecutionProvider_CUDA(options);
    }
}
