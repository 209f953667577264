using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Inference;

/// <summary>Whether requests can be served.</summary>
public sealed class Readiness(ModelCatalog catalog, IOptions<InferenceOptions> options)
{
    /// <exception cref="ClassifierException">Not ready; the message says why.</exception>
    public void ThrowIfNotReady()
    {
        var usable = catalog.Usable.ToArray();
        if (usable.Length == 0)
            throw NotReady("No model can be served; /api/models says why.");
        // A provider that was asked for by name must not be missed in silence.
        if (!SessionFactory.IsAnyProviderBuiltIn(options.Value.ExecutionProviders))
            throw NotReady($"Inference__ExecutionProviders is {options.Value.ExecutionProviders}, which this build of ONNX Runtime does not have.");
        if (usable.Any(model => ModelSession.Failure(model) is not null) && usable.All(model => ModelSession.Loaded(model) is null))
            throw NotReady("Every model that was asked for so far failed to load; /api/models says why.");
    }

    private static ClassifierException NotReady(string reason) => new(ClassifierError.ModelUnavailable, reason);
}
