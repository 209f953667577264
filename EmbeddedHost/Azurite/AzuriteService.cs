using ClassifierFunctions.EmbeddedHost.Triggers;
using ClassifierFunctions.Results;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClassifierFunctions.EmbeddedHost.Azurite;

/// <summary>
/// Starts the storage emulator when <c>AzureWebJobsStorage</c> means it and nothing listens yet, starts it again when it dies, and stops it with
/// the host. HTTP does not wait for it.
/// </summary>
internal sealed partial class AzuriteService(IConfiguration configuration, IHostEnvironment environment, StorageHealth health, TimeProvider time, ILogger<AzuriteService> logger)
    : BackgroundService
{
    private const string DevelopmentStorage = "UseDevelopmentStorage=true";
    private static readonly TimeSpan RestartDelay = TimeSpan.FromSeconds(5);

    private AzuriteProcess? _azurite;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        if (_azurite is { } azurite)
            await azurite.DisposeAsync().ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var connectionString = new StorageConnection(configuration).ConnectionString?.Trim(';', ' ');
        if (!DevelopmentStorage.Equals(connectionString, StringComparison.OrdinalIgnoreCase))
            return;
        var ports = new AzuritePorts();
        if (await ports.AreListeningAsync(stoppingToken).ConfigureAwait(false))
        {
            Log.Found(logger, ports.Blob);
            return;
        }

        try
        {
            await RunAsync(ports, stoppingToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            // Whatever is wrong with the emulator, HTTP does without it.
            Log.Off(logger, failure.Message);
        }
        finally
        {
            health.IsStarting = false;
        }
    }

    private async Task RunAsync(AzuritePorts ports, CancellationToken stopping)
    {
        health.IsStarting = true;
        if (!AzuritePackage.IsNodeInstalled())
            throw new AzuriteException("the storage emulator needs Node.js, which was not found. Install Node.js 20 or newer, or set AzureWebJobsStorage to a storage account");
        var package = new AzuritePackage(environment.ContentRootPath);
        if (!package.IsInstalled())
        {
            Log.Installing(logger);
            await package.InstallAsync(stopping).ConfigureAwait(false);
        }

        var dataFolder = Path.Combine(environment.ContentRootPath, ".azurite");
        _azurite = await AzuriteProcess.StartAsync(package, dataFolder, ports, stopping).ConfigureAwait(false);
        while (_azurite is { } azurite)
        {
            health.IsStarting = false;
            Log.Started(logger, ports.Blob, ports.Queue);
            await azurite.WaitForExitAsync(stopping).ConfigureAwait(false);
            await azurite.DisposeAsync().ConfigureAwait(false);
            _azurite = await RestartAsync(package, dataFolder, ports, stopping).ConfigureAwait(false);
        }
    }

    // Null when somebody else's emulator listens by then: whoever stopped ours may have started another one.
    private async Task<AzuriteProcess?> RestartAsync(AzuritePackage package, string dataFolder, AzuritePorts ports, CancellationToken stopping)
    {
        while (true)
        {
            Log.Died(logger, RestartDelay.TotalSeconds);
            await Task.Delay(RestartDelay, time, stopping).ConfigureAwait(false);
            if (await ports.AreListeningAsync(stopping).ConfigureAwait(false))
            {
                Log.Found(logger, ports.Blob);
                return null;
            }

            try
            {
                return await AzuriteProcess.StartAsync(package, dataFolder, ports, stopping).ConfigureAwait(false);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                Log.RestartFailed(logger, failure.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(70, LogLevel.Information, "Storage: the emulator that listens on port {BlobPort} already")]
        public static partial void Found(ILogger logger, int blobPort);

        [LoggerMessage(71, LogLevel.Information, "Storage: installing the emulator (npm package azurite), once; HTTP works meanwhile")]
        public static partial void Installing(ILogger logger);

        [LoggerMessage(72, LogLevel.Information, "Storage: emulator started, blobs on port {BlobPort}, queues on port {QueuePort}")]
        public static partial void Started(ILogger logger, int blobPort, int queuePort);

        [LoggerMessage(73, LogLevel.Warning, "Storage: the emulator ended; it is started again in {Seconds} s")]
        public static partial void Died(ILogger logger, double seconds);

        [LoggerMessage(75, LogLevel.Warning, "Storage: the emulator could not be started again: {Reason}")]
        public static partial void RestartFailed(ILogger logger, string reason);

        [LoggerMessage(74, LogLevel.Warning, "Blob and queue triggers are off: {Reason}. HTTP works.")]
        public static partial void Off(ILogger logger, string reason);
    }
}
