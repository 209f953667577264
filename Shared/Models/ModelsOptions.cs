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
}
