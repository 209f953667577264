using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Inference;

/// <summary>Loads and tries the models of <see cref="ModelsOptions.Warm"/> at start-up, again and again until they work.</summary>
internal sealed partial class ModelWarmer(
    ModelCatalog catalog, IOptions<ModelsOptions> options, TimeProvider time, ILogger<ModelWarmer> logger) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(16);

    private readonly Lock _lock = new();
    private volatile IReadOnlyCollection<string>? _pending;

    /// <summary>Models that are not warm yet.</summary>
    public IReadOnlyCollection<string> Pending => _pending ?? [.. Names()];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var names = Names().ToHashSet(StringComparer.Ordinal);
        _pending = [.. names];
        // At the same time, so that one that fails again and again holds up no other.
        await Task.WhenAll(names.Select(name => Task.Run(() => WarmUpAsync(name, stoppingToken), stoppingToken))).ConfigureAwait(false);
    }

    private void IsNoLongerPending(string name)
    {
        lock (_lock)
            _pending = [.. Pending.Where(pending => pending != name)];
    }

    private IEnumerable<string> Names()
        => catalog.Usable.Select(model => model.Model).Where(options.Value.IsWarm).Concat(options.Value.WarmNames).Distinct();

    private async Task WarmUpAsync(string name, CancellationToken stoppingToken)
    {
        for (var pause = TimeSpan.FromSeconds(1); ; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                using var lease = catalog.Lease(name, null);
                await lease.WarmUpAsync(stoppingToken).ConfigureAwait(false);
                Log.Warm(logger, name, lease.Model.Version);
                IsNoLongerPending(name);
                return;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, failure, name);
                // Under *, a model that does not work keeps no other from being served.
                if (!options.Value.WarmNames.Contains(name))
                    IsNoLongerPending(name);
                if (!catalog.Contains(name) && !options.Value.WarmNames.Contains(name))
                    return;
            }

            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(false);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(16, LogLevel.Information, "Model {Model}, version {Version}, is warm")]
        public static partial void Warm(ILogger logger, string model, string version);

        [LoggerMessage(17, LogLevel.Error, "Model {Model} is not warm yet; it will be tried again")]
        public static partial void Failed(ILogger logger, Exception failure, string model);
    }
}
