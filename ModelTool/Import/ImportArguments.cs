namespace ClassifierFunctions.ModelTool.Import;

/// <summary>The words of an <c>import</c> command line, as they were given.</summary>
internal sealed record ImportArguments
{
    public required string Source { get; init; }

    public IReadOnlyList<string> Outputs { get; init; } = [];

    public string? Input { get; init; }

    public IReadOnlyList<string> Values { get; init; } = [];

    public string? Labels { get; init; }

    public string? Name { get; init; }

    public string? Preprocess { get; init; }

    public string? To { get; init; }

    public bool Overwrite { get; init; }
}
