using System.ComponentModel.DataAnnotations;

namespace ClassifierFunctions.Results;

/// <summary>Where uploads come from and their results go. Bound from <c>Async__…</c>.</summary>
public sealed class AsyncOptions
{
    public const string Section = "Async";

    /// <summary>Container of the uploads. A constant, because the Functions host reads triggers' paths from the build and knows no defaults for settings in them.</summary>
    public const string Uploads = "uploads";

    private const int MaxUploadUrlMinutes = 24 * 60;

    /// <summary>Container of the uploads, for whoever expects to set it: start-up says that this is not possible.</summary>
    /// <value><see cref="Uploads"/>, and nothing else.</value>
    [RegularExpression("^" + Uploads + "$", ErrorMessage = "Async__UploadsContainer can only be uploads: it is part of the blob trigger, which takes no setting. Change AsyncOptions.Uploads and build again")]
    public string UploadsContainer { get; set; } = Uploads;

    /// <summary>Container of the result documents; created when it does not exist. Never the uploads' own: each result would be an upload.</summary>
    /// <value>Default <c>results</c>.</value>
    [RegularExpression("^(?!" + Uploads + "$|azure-webjobs-)[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$", ErrorMessage = "Async__ResultsContainer must be a container name: 3 to 63 of a-z, 0-9 and single hyphens, not uploads")]
    public string ResultsContainer { get; set; } = "results";

    /// <summary>How long an address that <c>POST /api/uploads</c> gives can be uploaded to.</summary>
    /// <value>Minutes, default 15: long enough for a phone on a bad line; 1 to 1440.</value>
    [Range(1, MaxUploadUrlMinutes, ErrorMessage = "Async__UploadUrlMinutes must be 1 to 1440")]
    public int UploadUrlMinutes { get; set; } = 15;

    internal static TimeSpan MaxUploadUrlLifetime { get; } = TimeSpan.FromMinutes(MaxUploadUrlMinutes);

    internal TimeSpan UploadUrlLifetime => TimeSpan.FromMinutes(UploadUrlMinutes);
}
