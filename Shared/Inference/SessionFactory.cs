using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using Microsoft.ML.OnnxRuntime;

namespace ClassifierFunctions.Inference;

/// <summary>Creates a session with the first execution provider that can run the model.</summary>
internal static class SessionFactory
{
    private const string Auto = "auto";

    /// <param name="model">What to load.</param>
    /// <param name="executionProviders">As <see cref="InferenceOptions.ExecutionProviders"/>.</param>
    /// <param name="memoryLimitMB">As <see cref="CudaOptions.Values"/>.</param>
    /// <exception cref="ClassifierException">No provider could load the model.</exception>
    public static (InferenceSession Session, ExecutionProvider Provider) Create(ModelVersion model, string executionProviders, int? memoryLimitMB)
        => Create(model, executionProviders, OnnxEnvironment.Has, provider => Open(model, provider, memoryLimitMB));

    /// <summary>The choice alone: what the build has and what opening a session does is the caller's; tests play a machine with a GPU.</summary>
    internal static (TSession Session, ExecutionProvider Provider) Create<TSession>(
        ModelVersion model, string executionProviders, Func<string, bool> has, Func<string, TSession> open)
    {
        var refusals = new List<string>();
        foreach (var candidate in Candidates(executionProviders))
        {
            if (!has(candidate))
            {
                refusals.Add($"this build of ONNX Runtime has no {candidate}");
                continue;
            }

            try
            {
                var session = open(candidate);
                var choice = IsAuto(executionProviders) ? "chosen automatically" : "configured";
                return (session, new ExecutionProvider(candidate, string.Join("; ", [choice, .. refusals])));
            }
            catch (Exception failure) when (failure is OnnxRuntimeException or DllNotFoundException or EntryPointNotFoundException)
            {
                refusals.Add($"{candidate} could not load it: {failure.Message.ReplaceLineEndings(" ").Trim()}");
            }
        }

        // ONNX Runtime's messages hold paths of the server: they go to the log, as the inner exception.
        throw new ClassifierException(
            ClassifierError.ModelUnavailable,
            $"Model '{model.Model}', version {model.Version}, could not be loaded; the log says why.",
            new InvalidOperationException(string.Join("; ", refusals)));
    }

    /// <summary>True when this build of ONNX Runtime has one of the configured providers.</summary>
    public static bool IsAnyProviderBuiltIn(string executionProviders) => Candidates(executionProviders).Any(OnnxEnvironment.Has);

    private static bool IsAuto(string executionProviders) => executionProviders.Equals(Auto, StringComparison.OrdinalIgnoreCase);

    private static string[] Candidates(string executionProviders)
        => IsAuto(executionProviders) ? [ExecutionProvider.Cuda, ExecutionProvider.Cpu] : executionProviders.ToUpperInvariant().Split(',');

    private static InferenceSession Open(ModelVersion model, string provider, int? memoryLimitMB)
    {
        using var options = OnnxEnvironment.CreateSessionOptions();
        if (provider == ExecutionProvider.Cuda)
            CudaOptions.AppendTo(options, memoryLimitMB);
        return new InferenceSession(model.OnnxPath, options);
    }
}
