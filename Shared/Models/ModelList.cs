using System.Text.Json.Serialization;

namespace ClassifierFunctions.Models;

/// <summary>The catalogue as <c>GET /api/models</c> shows it.</summary>
/// <param name="Default">The model that answers when a request names none; absent when there is no such model.</param>
/// <param name="Models">By name.</param>
public sealed record ModelList(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Default,
    IReadOnlyList<ModelEntry> Models);
