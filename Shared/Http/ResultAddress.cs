using System.Text.RegularExpressions;
using ClassifierFunctions.Results;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace ClassifierFunctions.Http;

/// <summary>The address of a result as the caller of <c>POST …/uploads</c> sees it.</summary>
/// <param name="configuration">Tells Azure from other places.</param>
internal sealed partial class ResultAddress(IConfiguration configuration)
{
    // Azure's name for the app, whose front end is reached by https; Core Tools sets it to localhost.
    private const string AzureHostName = "WEBSITE_HOSTNAME";

    private readonly bool _isInAzure = configuration[AzureHostName] is { Length: > 0 } name && !name.StartsWith("localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>The request's own address with <c>results/{id}</c> in place of <c>uploads</c>, whatever the prefix of the routes.</summary>
    /// <exception cref="ClassifierException">The request does not say how the caller names this host.</exception>
    public string From(HttpRequest request, string id)
    {
        // The Functions host passes a request on over http and says in these headers what it saw itself, which in a container behind an ingress is http,
        // too. The first entry is the caller's. Whoever makes one up gets it back, and nobody else does.
        var scheme = _isInAzure ? Uri.UriSchemeHttps : First(request.Headers["X-Forwarded-Proto"], IsScheme) ?? request.Scheme;
        var host = First(request.Headers["X-Forwarded-Host"], value => IsHost(scheme, value)) ?? request.Host.ToUriComponent();
        if (!IsHost(scheme, host))
            throw ImageRequestReader.Invalid("The request has no valid Host header.");
        var path = (request.PathBase + request.Path).ToUriComponent().TrimEnd('/');
        return $"{scheme.ToLowerInvariant()}://{host}{path[..(path.LastIndexOf('/') + 1)]}results/{id}";
    }

    private static string? First(StringValues header, Func<string, bool> isValid)
        => header.ToString().Split(',')[0].Trim() is var first && isValid(first) ? first : null;

    private static bool IsScheme(string value)
        => value.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase) || value.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase);

    private static bool IsHost(string scheme, string value) => HostAndPort().IsMatch(value) && Uri.TryCreate($"{scheme}://{value}/", UriKind.Absolute, out _);

    [GeneratedRegex(@"^([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?\z")]
    private static partial Regex HostAndPort();
}
