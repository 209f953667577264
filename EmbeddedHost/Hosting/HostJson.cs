using ClassifierFunctions.Configuration;
using Microsoft.Extensions.Configuration;

namespace ClassifierFunctions.EmbeddedHost.Hosting;

/// <summary>The part of <c>host.json</c> that means something here; names and defaults are those of Azure Functions 4.x.</summary>
internal sealed record HostJson
{
    private const string FileName = "host.json";

    /// <summary>Put in front of every HTTP route.</summary>
    public string RoutePrefix { get; init; } = "api";

    /// <summary>Blobs of one function processed at once.</summary>
    public int BlobParallelism { get; init; } = 8 * Environment.ProcessorCount;

    /// <summary>Tries of a blob before it goes to the poison queue.</summary>
    public int BlobTries { get; init; } = 5;

    /// <summary>Messages of one queue processed at once.</summary>
    public int QueueParallelism { get; init; } = 16;

    /// <summary>Tries of a message before it goes to the poison queue.</summary>
    public int QueueTries { get; init; } = 5;

    /// <summary>How long a message that failed waits for its next try.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.Zero;

    /// <summary>Longest pause between two looks at an empty queue.</summary>
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromMinutes(1);

    public required IConfiguration Logging { get; init; }

    /// <summary>The folder of host.json: the working directory or one above it, as Core Tools looks for it; otherwise the app's own.</summary>
    public static string FindRoot()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, FileName)))
                return folder.FullName;
        }

        return AppContext.BaseDirectory;
    }

    /// <exception cref="StartupException">The file is missing, not JSON, or has a value of the wrong type.</exception>
    public static HostJson Read(string root)
    {
        try
        {
            var json = new ConfigurationBuilder().AddJsonFile(Path.Combine(root, FileName), optional: false).Build();
            var (http, blobs, queues) = (json.GetSection("extensions:http"), json.GetSection("extensions:blobs"), json.GetSection("extensions:queues"));
            var defaults = new HostJson { Logging = json.GetSection("logging") };
            return Checked(defaults with
            {
                RoutePrefix = (http["routePrefix"] ?? defaults.RoutePrefix).Trim('/'),
                BlobParallelism = Math.Max(1, blobs.GetValue("maxDegreeOfParallelism", defaults.BlobParallelism)),
                BlobTries = Math.Max(1, blobs.GetValue("poisonBlobThreshold", defaults.BlobTries)),
                QueueParallelism = Math.Max(1, queues.GetValue("batchSize", defaults.QueueParallelism)),
                QueueTries = Math.Max(1, queues.GetValue("maxDequeueCount", defaults.QueueTries)),
                RetryDelay = queues.GetValue("visibilityTimeout", defaults.RetryDelay),
                MaxPollingInterval = queues.GetValue("maxPollingInterval", defaults.MaxPollingInterval),
            });
        }
        catch (FileNotFoundException)
        {
            throw new StartupException($"There is no {FileName} in {root}.");
        }
        catch (Exception invalid) when (invalid is InvalidDataException or InvalidOperationException)
        {
            throw new StartupException($"{Path.Combine(root, FileName)} cannot be read: {(invalid.InnerException ?? invalid).Message}");
        }
    }

    private static HostJson Checked(HostJson hostJson)
    {
        if (hostJson.MaxPollingInterval < TimeSpan.FromMilliseconds(100) || hostJson.MaxPollingInterval > TimeSpan.FromDays(1))
            throw new StartupException($"{FileName}: extensions.queues.maxPollingInterval must be 00:00:00.1 to 1.00:00:00.");
        if (hostJson.RetryDelay < TimeSpan.Zero || hostJson.RetryDelay > TimeSpan.FromDays(7))
            throw new StartupException($"{FileName}: extensions.queues.visibilityTimeout must be 00:00:00 to 7.00:00:00.");
        return hostJson.RoutePrefix.All(c => char.IsAsciiLetterOrDigit(c) || "-_./".Contains(c, StringComparison.Ordinal))
            ? hostJson
            : throw new StartupException($"{FileName}: extensions.http.routePrefix must be plain path segments.");
    }
}
