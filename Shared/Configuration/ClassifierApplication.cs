using ClassifierFunctions.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Configuration;

/// <summary>Runs the app in whichever host it was built for.</summary>
public static class ClassifierApplication
{
    /// <summary>Builds the host, checks settings and models, then runs until the process is told to stop.</summary>
    /// <param name="build">Makes the host.</param>
    /// <returns>0, or 1 when start-up failed: one line on standard error then says why.</returns>
    public static async Task<int> RunAsync(Func<IHost> build)
    {
        try
        {
            using var host = build();
            host.Services.GetRequiredService<IStartupValidator>().Validate();
            _ = host.Services.GetRequiredService<ModelCatalog>();
            await host.RunAsync().ConfigureAwait(false);
            return 0;
        }
        catch (OptionsValidationException invalid)
        {
            await Console.Error.WriteLineAsync($"Cannot start: {string.Join("; ", invalid.Failures)}").ConfigureAwait(false);
        }
        catch (StartupException failure)
        {
            await Console.Error.WriteLineAsync($"Cannot start: {failure.Message}").ConfigureAwait(false);
        }

        return 1;
    }
}
