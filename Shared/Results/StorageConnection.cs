using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using ClassifierFunctions.Configuration;
using Microsoft.Extensions.Configuration;

namespace ClassifierFunctions.Results;

/// <summary>
/// The storage account behind an app setting, in the two forms that Azure Functions knows: a connection string in the setting itself, or an
/// identity with <c>__blobServiceUri</c>, <c>__queueServiceUri</c> or <c>__accountName</c> behind its name.
/// </summary>
public sealed class StorageConnection
{
    public const string DefaultSetting = "AzureWebJobsStorage";

    /// <summary>The same version of the storage's interface as the client's, for requests that the client does not make itself.</summary>
    public const string BlobApiVersion = "2024-11-04";

    // Named, because the newest one that the client knows may be newer than the emulator.
    private const BlobClientOptions.ServiceVersion ServiceVersion = BlobClientOptions.ServiceVersion.V2024_11_04;

    private static readonly string[] EmulatorParts = ["UseDevelopmentStorage=true", "AccountName=devstoreaccount1"];

    private static readonly Lazy<TokenCredential> LazyCredential = new(() => new DefaultAzureCredential());

    private readonly string _setting;
    private readonly IConfigurationSection _section;

    public StorageConnection(IConfiguration configuration, string setting = DefaultSetting)
        => (_setting, _section) = (setting, configuration.GetSection(setting));

    /// <summary>The connection string, or null when the account is reached by identity or not configured at all.</summary>
    public string? ConnectionString => _section.Value is { Length: > 0 } value ? value : null;

    public bool IsConfigured => ConnectionString is not null || ServiceUri("blob") is not null;

    /// <summary>True for the emulator, wherever it runs: its account and its key are the same everywhere, and public.</summary>
    public bool IsEmulator => ConnectionString is { } connectionString
        && connectionString.Split(';', StringSplitOptions.TrimEntries).Any(part => EmulatorParts.Contains(part, StringComparer.OrdinalIgnoreCase));

    /// <summary>The app's identity; made when first needed, since a connection string needs none.</summary>
    public static TokenCredential Credential => LazyCredential.Value;

    /// <exception cref="StartupException">The setting is missing or malformed.</exception>
    public BlobServiceClient CreateBlobServiceClient()
    {
        // A slash at either end belongs to a blob's name like any other letter.
        var options = new BlobClientOptions(ServiceVersion) { TrimBlobNameSlashes = false };
        Apply(options);
        return Create(
            "blob",
            connectionString => new BlobServiceClient(connectionString, options),
            uri => new BlobServiceClient(uri, Credential, options),
            client => client.Uri);
    }

    /// <summary>Retries little: every caller here is retried as a whole, and a caller that waits long cannot be stopped quickly.</summary>
    public static void Apply(ClientOptions options)
    {
        options.Retry.MaxRetries = 2;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(60);
    }

    /// <summary>Makes a client from whichever form the setting has.</summary>
    /// <param name="service"><c>blob</c> or <c>queue</c>.</param>
    /// <param name="fromConnectionString">Makes it from a connection string.</param>
    /// <param name="fromIdentity">Makes it from the service's address, with <see cref="Credential"/>.</param>
    /// <param name="address">Reads its address, which a connection string may lack.</param>
    /// <exception cref="StartupException">The setting is missing or malformed.</exception>
    public TClient Create<TClient>(string service, Func<string, TClient> fromConnectionString, Func<Uri, TClient> fromIdentity, Func<TClient, Uri?> address)
    {
        if (ConnectionString is not { } connectionString)
        {
            return fromIdentity(ServiceUri(service) ?? throw new StartupException(
                $"{_setting} has no {service} service: give a connection string, {_setting}__accountName or {_setting}__{service}ServiceUri."));
        }

        try
        {
            var client = fromConnectionString(connectionString);
            if (address(client) is not null)
                return client;
        }
        catch (Exception malformed) when (malformed is FormatException or ArgumentException)
        {
            // Its value may hold a key, and so may the client's message: neither is shown.
        }

        throw new StartupException($"{_setting} is not a storage connection string with a {service} endpoint.");
    }

    private Uri? ServiceUri(string service)
    {
        if (_section[service + "ServiceUri"] is { Length: > 0 } uri)
            return Parse(uri, $"{_setting}__{service}ServiceUri");
        return _section["accountName"] is { Length: > 0 } account
            ? Parse($"https://{account}.{service}.core.windows.net", $"{_setting}__accountName")
            : null;
    }

    private static Uri Parse(string uri, string setting)
        => Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.Scheme is "https" or "http"
            ? parsed
            : throw new StartupException($"{setting} does not make an address: {uri}");
}
