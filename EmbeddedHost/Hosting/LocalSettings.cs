using System.Text.Json;
using ClassifierFunctions.Configuration;
using ClassifierFunctions.Results;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace ClassifierFunctions.EmbeddedHost.Hosting;

/// <summary>Takes app settings from <c>local.settings.json</c>, as Core Tools does; environment variables and the command line win over it.</summary>
internal static class LocalSettings
{
    private const string FileName = "local.settings.json";

    /// <exception cref="StartupException">The file exists, but is not of the known form.</exception>
    public static void AddTo(IConfigurationBuilder configuration, string root)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { [StorageConnection.DefaultSetting] = "UseDevelopmentStorage=true" };
        var path = Path.Combine(root, FileName);
        if (File.Exists(path))
        {
            foreach (var (name, value) in ReadValues(path))
                settings[name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)] = value;
        }

        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = settings });
    }

    /// <summary><c>CORS</c> and <c>CORSCredentials</c> of its section <c>Host</c>; null and false where it has none.</summary>
    /// <exception cref="StartupException">The file exists, but is not of the known form.</exception>
    public static (string? Origins, bool AllowsCredentials) ReadCors(string root)
    {
        var path = Path.Combine(root, FileName);
        return File.Exists(path)
            ? Read(path, json => json.TryGetProperty("Host", out var host) ? (Property(host, "CORS")?.GetString(), Property(host, "CORSCredentials")?.GetBoolean() ?? false) : (null, false))
            : (null, false);
    }

    private static List<KeyValuePair<string, string?>> ReadValues(string path)
        => Read(path, json => json.GetProperty("Values").EnumerateObject().Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value.ToString())).ToList());

    private static T Read<T>(string path, Func<JsonElement, T> select)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return select(json.RootElement);
        }
        catch (Exception invalid) when (invalid is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new StartupException($"{path} must be JSON with an object \"Values\", and \"CORS\" of \"Host\", if it is there, a string: {invalid.Message}");
        }
    }

    private static JsonElement? Property(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value : null;
}
