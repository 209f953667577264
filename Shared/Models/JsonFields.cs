using System.Text.Json;

namespace ClassifierFunctions.Models;

/// <summary>Typed access to the fields of a JSON object, with errors that name file and field. A null field counts as absent.</summary>
/// <param name="path">The file; errors give its name.</param>
/// <param name="element">The object.</param>
/// <param name="prefix">Stands before the names of fields in errors: "size." for the fields of size.</param>
internal readonly struct JsonFields(string path, JsonElement element, string prefix = "")
{
    /// <summary>Names of the fields that are there, in the file's order.</summary>
    public IEnumerable<string> Names
        => element.EnumerateObject().Where(entry => entry.Value.ValueKind != JsonValueKind.Null).Select(entry => entry.Name);

    public bool Has(string name) => Get(name) is not null;

    public bool IsFalse(string name) => Get(name) is { ValueKind: JsonValueKind.False };

    public bool Bool(string name, bool fallback) => Get(name) switch
    {
        null => fallback,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(name, "must be true or false"),
    };

    public string? Text(string name) => Get(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        _ => throw Wrong(name, "must be text"),
    };

    /// <summary>The field as a whole number, or null when it is absent.</summary>
    public int? Int(string name) => Get(name) switch
    {
        null => null,
        { } value => Whole(value) ?? throw Wrong(name, "must be a whole number"),
    };

    public double Number(string name, double fallback) => Get(name) is { } value ? Number(name, value) : fallback;

    /// <summary>The field as one or three numbers, or null when it is absent; a single number counts as a list of one.</summary>
    public IReadOnlyList<double>? Numbers(string name)
    {
        var fields = this;
        return Get(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Number } value => [Number(name, value)],
            { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() is not (1 or 3) => throw Wrong(name, "must have 1 or 3 values"),
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(item => fields.Number(name, item))],
            _ => throw Wrong(name, "must be a list of numbers"),
        };
    }

    public JsonFields? Object(string name)
        => Get(name) is { ValueKind: JsonValueKind.Object } value ? new JsonFields(path, value, $"{prefix}{name}.") : null;

    public bool IsList(string name) => Get(name) is { ValueKind: JsonValueKind.Array };

    /// <summary>The number of a list that holds it twice, or null when the field is absent.</summary>
    public int? Twice(string name) => Get(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() == 2 && Whole(list[0]) is { } number && Whole(list[1]) == number => number,
        _ => throw Wrong(name, "as a list must be the same whole number twice"),
    };

    public ModelFormatException Wrong(string name, string what) => new($"{Path.GetFileName(path)}: {prefix}{name} {what}.");

    // JSON has no NaN, but 1e999 is infinite.
    private double Number(string name, JsonElement value)
        => value.ValueKind != JsonValueKind.Number ? throw Wrong(name, "must be a number")
        : double.IsFinite(value.GetDouble()) ? value.GetDouble()
        : throw Wrong(name, "must be finite");

    private static int? Whole(JsonElement value)
        => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private JsonElement? Get(string name)
        => element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
