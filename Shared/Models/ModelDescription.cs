using System.Text.Json.Serialization;
using ClassifierFunctions.Inference;

namespace ClassifierFunctions.Models;

/// <summary>One version of a model in the catalogue.</summary>
public sealed record ModelDescription
{
    public required string Version { get; init; }

    /// <summary><c>available</c> (loads with its first request), <c>loaded</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why the version cannot be served.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary><c>huggingface</c> or <c>bare</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Format { get; init; }

    /// <summary>What was assumed because the folder does not say it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Assumption { get; init; }

    /// <summary>Number of classes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Labels { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelInputDescription? Input { get; init; }

    /// <summary><c>CPU</c> or <c>CUDA</c>, once loaded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ExecutionProvider { get; init; }

    /// <summary>Why it is that provider, once loaded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ExecutionProviderReason { get; init; }

    /// <summary>Number of weights.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Parameters { get; init; }

    /// <summary>Size on disk.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Bytes { get; init; }

    internal static ModelDescription From(string version, ModelVersion? model, string? failure)
    {
        if (model is null)
            return new ModelDescription { Version = version, State = "failed", Error = failure };
        var session = ModelSession.Loaded(model);
        var loadFailure = ModelSession.Failure(model);
        var size = model.Preprocessing.OutputSize!.Value;
        return new ModelDescription
        {
            Version = version,
            State = session is not null ? "loaded" : loadFailure is not null ? "failed" : "available",
            Error = loadFailure,
            Format = model.Format.ToString().ToLowerInvariant(),
            Assumption = model.Assumption,
            Labels = model.Labels.Count,
            Input = new ModelInputDescription(
                model.Input.Name, model.Input.Element.ToString().ToLowerInvariant(), model.Input.Layout.ToString().ToUpperInvariant(),
                model.Input.Channels, size.Width, size.Height),
            ExecutionProvider = session?.Provider.Name,
            ExecutionProviderReason = session?.Provider.Reason,
            Parameters = model.Parameters,
            Bytes = model.Bytes,
        };
    }
}
