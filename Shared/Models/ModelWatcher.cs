using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Models;

/// <summary>Lets the catalogue look at its folder again and again. By polling, because file notifications do not reach through network shares.</summary>
internal sealed partial class ModelWatcher(ModelCatalog catalog, IOptions<ModelsOptions> options, TimeProvider time, ILogger<ModelWatcher> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.ReloadSeconds == 0)
            return;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.ReloadSeconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await catalog.RefreshAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // A fault of ours must not end the watch, nor the app with it.
                Log.Failed(logger, failure);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(8, LogLevel.Error, "The models folder could not be read again")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
