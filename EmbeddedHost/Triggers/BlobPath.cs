using System.Text.RegularExpressions;

namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>A blob trigger's path, such as <c>uploads/{name}</c>: container, and pattern of blob names.</summary>
internal sealed partial class BlobPath
{
    private readonly Regex _pattern;

    /// <exception cref="FormatException">No container, or no blob name behind it.</exception>
    public BlobPath(string path)
    {
        if (path.Split('/', 2) is not [{ Length: > 0 } container, { Length: > 0 } pattern])
            throw new FormatException($"'{path}' is not <container>/<blob name>.");
        Container = container;
        // As in Azure, a token spans slashes; the last one takes what it can.
        var expression = Token().Replace(Regex.Escape(pattern), token => $"(?<{token.Groups[1].Value}>.+?)");
        _pattern = new Regex($"^{expression}$", RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1));
    }

    public string Container { get; }

    /// <summary>The values of the path's tokens for a blob; null when it does not match.</summary>
    public IReadOnlyDictionary<string, string?>? Match(string blobName)
        => _pattern.Match(blobName) is { Success: true } match
            ? match.Groups.Values.Skip(1).ToDictionary(group => group.Name, group => (string?)group.Value, StringComparer.OrdinalIgnoreCase)
            : null;

    // {name}, as Regex.Escape leaves it.
    [GeneratedRegex(@"\\\{(\w+)}")]
    private static partial Regex Token();
}
