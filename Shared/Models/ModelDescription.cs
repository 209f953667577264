using System.Text.Json.Serialization;
using ClassifierFunctions.Inference;

namespace ClassifierFunctions.Models;

/// <summary>One version of a model in the catalogue.</summary>
public sealed record ModelDescription
{
    public required string Version { get; init; }

    /// <summary><c>available</c> (loads with its first request), <c>loading</c>, <c>loaded</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why the version cannot be served, or, of one that is loaded, why its folder as it is now cannot: it goes on as it was before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary><c>huggingface</c>, <c>customvision</c> or <c>bare</c>.</summary>
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

    /// <summary>Most images in one run, once loaded; 1 when each is run by itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxBatchSize { get; init; }

    /// <summary>Size on disk.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Bytes { get; init; }

    internal static ModelDescription From(CatalogEntry entry, SessionStore sessions)
    {
        if (entry.Model is not { } model)
            return new ModelDescription { Version = entry.Version, State = "failed", Error = entry.Failure };
        var session = sessions.Loaded(model);
        var loadFailure = sessions.Failure(model);
        var size = model.Preprocessing.OutputSize!.Value;
        return new ModelDescription
        {
            Version = entry.Version,
            State = session is not null ? "loaded" : sessions.IsLoading(model) ? "loading" : loadFailure is not null ? "failed" : "available",
            Error = entry.Failure ?? loadFailure,
            Format = model.Format.ToString().ToLowerInvariant(),
            Assumption = model.Assumption,
            Labels = model.Labels.Count,
            Input = new ModelInputDescription(
                model.Input.Name, model.Input.Element.ToString().ToLowerInvariant(), model.Input.Layout.ToString().ToUpperInvariant(),
                model.Input.Channels, size.Width, size.Height, model.Input.DynamicBatch ? "dynamic" : "fixed"),
            ExecutionProvider = session?.Provider.Name,
            ExecutionProviderReason = session?.Provider.Reason,
            MaxBatchSize = session?.MaxBatchSize,
            Parameters = model.Parameters,
            Bytes = model.Bytes,
        };
    }
}
