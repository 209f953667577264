using ClassifierFunctions.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Configuration;

/// <summary>Runs the app in whichever host it was built for.</summary>
public static class ClassifierApplication
{
    private const int ThreadsPerProcessor = 4;

    /// <summary>Builds the host, checks settings and models, then runs until the process is told to stop.</summary>
    /// <param name="build">Makes the host.</param>
    /// <returns>0, or 1 when start-up failed: one line on standard error then says why.</returns>
    public static async Task<int> RunAsync(Func<IHost> build)
    {
        IHost? host = null;
        try
        {
            KeepThreadsForRequests();
            host = build();
            host.Services.GetRequiredService<IStartupValidator>().Validate();
            _ = host.Services.GetRequiredService<ModelCatalog>();
            await host.StartAsync().ConfigureAwait(false);
            await host.WaitForShutdownAsync().ConfigureAwait(false);
            return 0;
        }
        catch (Exception failure) when (host is null || !HasStarted(host))
        {
            await Console.Error.WriteLineAsync($"Cannot start: {OneLine(failure)}").ConfigureAwait(false);
            return 1;
        }
        finally
        {
            host?.Dispose();
        }
    }

    // Decoding and models keep a thread of the pool busy for each processor. With no more threads than that, which is the default, a probe or the
    // refusal of a request would wait for a whole image.
    private static void KeepThreadsForRequests()
    {
        ThreadPool.GetMinThreads(out var workers, out var completionPorts);
        ThreadPool.SetMinThreads(Math.Max(workers, ThreadsPerProcessor * Environment.ProcessorCount), completionPorts);
    }

    private static bool HasStarted(IHost host) => host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested;

    private static string OneLine(Exception failure) => failure switch
    {
        OptionsValidationException invalid => string.Join("; ", invalid.Failures),
        StartupException => failure.Message,
        AggregateException several => string.Join("; ", several.InnerExceptions.Select(OneLine)),
        // Not foreseen: at least its kind and its words.
        _ => $"{failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}",
    };
}
