using ClassifierFunctions.Configuration;
using ClassifierFunctions.EmbeddedHost.Hosting;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Configuration;

namespace ClassifierFunctions.EmbeddedHost.Http;

/// <summary>
/// Which web pages may call: <c>--cors</c>, or <c>Host.CORS</c> of <c>local.settings.json</c>, as Core Tools has them; without either, pages of this
/// machine.
/// </summary>
internal sealed record CorsSettings
{
    private const string Any = "*";

    private static readonly string[] LoopbackHosts = ["localhost", "127.0.0.1", "[::1]"];
    private static readonly string[] Exposed = ["Location", "Retry-After", "Server-Timing"];

    /// <summary>As browsers send them, or <c>*</c> alone; empty for pages of loopback, whatever their port.</summary>
    public required IReadOnlyList<string> Origins { get; init; }

    /// <summary>Whether pages may send cookies: <c>Host.CORSCredentials</c>.</summary>
    public bool AllowsCredentials { get; init; }

    /// <summary>The same for a storage service, whose rules have no any-port-of but globs: one a rule, as the emulator compares only the first of several.</summary>
    public IEnumerable<string> StorageOrigins => Origins.Count > 0
        ? [string.Join(',', Origins)]
        : LoopbackHosts.Select(host => $"http*://{host}:*").Append(string.Join(',', LoopbackHosts.SelectMany(host => new[] { $"http://{host}", $"https://{host}" })));

    /// <exception cref="StartupException">An origin that is none.</exception>
    public static CorsSettings Read(string[] args, string root)
    {
        var (fileOrigins, credentials) = LocalSettings.ReadCors(root);
        var (setting, origins) = new ConfigurationBuilder().AddCommandLine(args).Build()["cors"] is { } argument
            ? ("--cors", argument)
            : ("CORS of local.settings.json", fileOrigins);
        var settings = new CorsSettings { Origins = origins is null ? [] : Parse(setting, origins), AllowsCredentials = credentials };
        // Browsers refuse it, too.
        return credentials && settings.Origins.Contains(Any)
            ? throw new StartupException("CORSCredentials of local.settings.json needs origins by name, not *.")
            : settings;
    }

    public void Apply(CorsPolicyBuilder policy)
    {
        policy.AllowAnyMethod().AllowAnyHeader().WithExposedHeaders(Exposed);
        if (Origins.Contains(Any))
            policy.AllowAnyOrigin();
        else if (Origins.Count > 0)
            policy.WithOrigins([.. Origins]);
        else
            policy.SetIsOriginAllowed(IsLoopback);
        if (AllowsCredentials)
            policy.AllowCredentials();
    }

    private static bool IsLoopback(string origin)
        => Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && LoopbackHosts.Contains(uri.Host);

    private static string[] Parse(string setting, string origins)
    {
        var parsed = origins.Split(',', StringSplitOptions.TrimEntries)
            .Select(origin => origin == Any ? Any : Normalise(origin) ?? throw new StartupException(
                $"{setting} has the origin '{origin}': give origins such as http://localhost:3000 with commas between them, or *."))
            .Distinct().ToArray();
        return parsed.Contains(Any) ? [Any] : parsed;
    }

    // Scheme, host and a port that is not the scheme's own: what browsers send. Null for anything else.
    private static string? Normalise(string origin)
        => Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            && !uri.Host.Contains('*', StringComparison.Ordinal)
            ? $"{uri.Scheme}://{(uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost)}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}"
            : null;
}
