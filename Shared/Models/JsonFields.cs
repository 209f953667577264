using System.Text.Json;

namespace ClassifierFunctions.Models;

/// <summary>Typed access to the fields of a JSON object, with errors that name file and field. A null field counts as absent.</summary>
internal readonly struct JsonFields(string path, JsonElement element)
{
    public bool Has(string name) => Get(name) is not null;

    public bool Bool(string name, bool fallback) => Get(name) switch
    {
        null => fallback,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(name, "must be true or false"),
    };

    /// <summary>The field as a whole number, or null when it is absent or an object.</summary>
    public int? Int(string name) => Get(name) switch
    {
        null or { ValueKind: JsonValueKind.Object } => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) => number,
        _ => throw Wrong(name, "must be a whole number"),
    };

    public double Number(string name, double fallback) => Get(name) switch
    {
        null => fallback,
        { ValueKind: JsonValueKind.Number } value => value.GetDouble(),
        _ => throw Wrong(name, "must be a number"),
    };

    /// <summary>The field as one or three numbers, or null when it is absent; a single number counts as a list of one.</summary>
    public IReadOnlyList<double>? Numbers(string name)
    {
        if (Get(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number)
            return [value.GetDouble()];
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Number))
            throw Wrong(name, "must be a list of numbers");
        var numbers = value.EnumerateArray().Select(item => item.GetDouble()).ToArray();
        return numbers.Length is 1 or 3 ? numbers : throw Wrong(name, "must have 1 or 3 values");
    }

    public JsonFields? Object(string name)
        => Get(name) is { ValueKind: JsonValueKind.Object } value ? new JsonFields(path, value) : null;

    public ModelFormatException Wrong(string name, string what) => new($"{Path.GetFileName(path)}: {name} {what}.");

    private JsonElement? Get(string name)
        => element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
