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
            foreach (var (name, value) in Read(path))
                settings[name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)] = value;
        }

        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = settings });
    }

    private static List<KeyValuePair<string, string?>> Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return json.RootElement.GetProperty("Values").EnumerateObject().Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value.ToString())).ToList();
        }
        catch (Exception invalid) when (invalid is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new StartupException($"{path} must be JSON with an object \"Values\": {invalid.Message}");
        }
    }
}
