using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Inference;

/// <summary>Whether requests can be served.</summary>
public sealed class Readiness
{
    private readonly ModelCatalog _catalog;
    private readonly SessionStore _sessions;
    private readonly ModelWarmer _warmer;
    private readonly InferenceOptions _options;

    internal Readiness(ModelCatalog catalog, SessionStore sessions, ModelWarmer warmer, IOptions<InferenceOptions> options)
        => (_catalog, _sessions, _warmer, _options) = (catalog, sessions, warmer, options.Value);

    /// <exception cref="ClassifierException">Not ready; the message says why.</exception>
    public void ThrowIfNotReady()
    {
        var usable = _catalog.Usable.ToArray();
        if (usable.Length == 0)
            throw NotReady("No model can be served; /api/models says why.");
        // A provider that was asked for by name must not be missed in silence.
        if (!SessionFactory.IsAnyProviderBuiltIn(_options.ExecutionProviders))
            throw NotReady($"Inference__ExecutionProviders is {_options.ExecutionProviders}, which this build of ONNX Runtime does not have.");
        if (_warmer.Pending is { Count: > 0 } pending)
            throw NotReady($"Models__Warm asks for {string.Join(", ", pending)}: not loaded yet; /api/models says why.");
        if (usable.All(model => _sessions.Failure(model) is not null && !_sessions.IsLoaded(model)))
            throw NotReady("No model could be loaded; /api/models says why.");
    }

    private static ClassifierException NotReady(string reason) => new(ClassifierError.ModelUnavailable, reason);
}
