using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ClassifierFunctions.EmbeddedHost.Http;
using ClassifierFunctions.Results;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClassifierFunctions.EmbeddedHost.Azurite;

/// <summary>Lets the pages that may call the functions upload to the emulator, too, as soon as it can be reached. Rules that it has already stay.</summary>
internal sealed partial class EmulatorCors(IConfiguration configuration, CorsSettings cors, TimeProvider time, ILogger<EmulatorCors> logger)
    : BackgroundService
{
    private const int MaxAgeSeconds = 3600;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var storage = new StorageConnection(configuration);
        if (!storage.IsEmulator)
            return;
        var blobs = storage.CreateBlobServiceClient();
        while (!await TrySetAsync(blobs, stoppingToken).ConfigureAwait(false))
            await Task.Delay(RetryDelay, time, stoppingToken).ConfigureAwait(false);
    }

    private async Task<bool> TrySetAsync(BlobServiceClient blobs, CancellationToken stopping)
    {
        try
        {
            BlobServiceProperties properties = await blobs.GetPropertiesAsync(stopping).ConfigureAwait(false);
            if (properties.Cors is { Count: > 0 })
                return true;
            // With the others as they are: the emulator refuses them when they are left out.
            properties.Cors = [.. cors.StorageOrigins.Select(Rule)];
            await blobs.SetPropertiesAsync(properties, stopping).ConfigureAwait(false);
            Log.Set(logger, string.Join(", ", cors.Origins.DefaultIfEmpty("those of this machine")));
            return true;
        }
        catch (RequestFailedException refused) when (refused.Status is >= 400 and < 500)
        {
            Log.Refused(logger, refused.Status);
            return true;
        }
        catch (Exception) when (!stopping.IsCancellationRequested)
        {
            // The emulator is starting, or away, which the triggers tell: only pages need it here, and they can wait.
            return false;
        }
    }

    private static BlobCorsRule Rule(string origins) => new()
    {
        AllowedOrigins = origins,
        AllowedMethods = "PUT,OPTIONS,GET,HEAD",
        AllowedHeaders = "*",
        ExposedHeaders = "*",
        MaxAgeInSeconds = MaxAgeSeconds,
    };

    private static partial class Log
    {
        [LoggerMessage(76, LogLevel.Information, "Storage: web pages may upload to the emulator: {Origins}")]
        public static partial void Set(ILogger logger, string origins);

        [LoggerMessage(77, LogLevel.Warning, "Storage: the emulator takes no uploads from web pages, because it refused their CORS rules ({Status})")]
        public static partial void Refused(ILogger logger, int status);
    }
}
