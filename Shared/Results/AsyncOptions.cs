using System.ComponentModel.DataAnnotations;

namespace ClassifierFunctions.Results;

/// <summary>Where results of uploads go. Bound from <c>Async__…</c>.</summary>
public sealed class AsyncOptions
{
    public const string Section = "Async";

    /// <summary>Container of the result documents; created when it does not exist. Never the uploads' own: each result would be an upload.</summary>
    /// <value>Default <c>results</c>.</value>
    [RegularExpression("^(?!uploads$|azure-webjobs-)[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$", ErrorMessage = "Async__ResultsContainer must be a container name: 3 to 63 of a-z, 0-9 and single hyphens, not uploads")]
    public string ResultsContainer { get; set; } = "results";
}
