using System.ComponentModel.DataAnnotations;

namespace ClassifierFunctions.Models;

/// <summary>Where the models are. Bound from <c>Models__…</c>.</summary>
public sealed class ModelsOptions
{
    public const string Section = "Models";

    /// <summary>The model that the app ships with.</summary>
    public const string ModelInTheBox = "photo-quality";

    /// <summary>Folder with one folder per model. A relative path is looked for in the working directory, beside <c>host.json</c>, then beside the app.</summary>
    /// <value>Default <c>models</c>.</value>
    [Required(ErrorMessage = "Models__Path must name a folder")]
    public string Path { get; set; } = "models";

    /// <summary>The model that answers when a request names none.</summary>
    /// <value>Default: the only model, if there is just one; otherwise <see cref="ModelInTheBox"/>, if it is there; otherwise none.</value>
    public string? Default { get; set; }

    /// <summary>Models to load and try at start-up, with commas between them, or <c>*</c> for all. The app is not ready before they are; under <c>*</c>, before each was tried.</summary>
    /// <value>Default none: a model is loaded by its first request.</value>
    public string? Warm { get; set; }

    /// <summary>
    /// Memory that all sessions together may take, as their files tell it. A session that would exceed it has idle ones unloaded first, the least
    /// recently used before the others; one in use never is. On CUDA, also the limit of a session's arena (<c>gpu_mem_limit</c>), if set.
    /// </summary>
    /// <value>Megabytes; default half of the memory that the process may use; 1 to 1,000,000.</value>
    [Range(1, 1_000_000, ErrorMessage = "Models__MemoryBudgetMB must be 1 to 1000000 megabytes")]
    public int? MemoryBudgetMB { get; set; }

    /// <summary>Pause between two looks at the models folder; a change is taken over once two looks agree on it.</summary>
    /// <value>Seconds, default 1; 0 never looks again; at most 86,400. A look costs a directory listing per model, which network shares may charge for.</value>
    [Range(0, 86_400, ErrorMessage = "Models__ReloadSeconds must be 0 to 86400 seconds")]
    public int ReloadSeconds { get; set; } = 1;

    internal IEnumerable<string> WarmNames => (Warm ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(name => name != "*");

    // ProcessorCount's counterpart: the limit of a container, where there is one.
    internal long MemoryBudgetBytes => MemoryBudgetMB is { } megabytes ? megabytes * 1_000_000L : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    internal bool IsWarm(string model) => (Warm ?? "").Split(',', StringSplitOptions.TrimEntries).Any(name => name == "*" || name == model);
}
