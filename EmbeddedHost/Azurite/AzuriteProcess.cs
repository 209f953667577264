using System.Diagnostics;
using System.Globalization;

namespace ClassifierFunctions.EmbeddedHost.Azurite;

/// <summary>A running emulator, which stops with its parent.</summary>
internal sealed class AzuriteProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    // Runs in front of Azurite. The end of standard input, which is this process's end too, makes it save its data and exit. Ctrl+C in a terminal
    // reaches it as well as us; it ignores that, because work in flight still needs it.
    private const string StopWithParent =
        "data:text/javascript,"
        // Nobody reads by then what it says as it ends.
        + "for(const stream of [process.stdout,process.stderr])stream.on('error',()=>{});"
        + "process.on('SIGINT',()=>{});"
        + "process.on('newListener',(event,listener)=>event==='SIGINT'&&setImmediate(()=>process.off(event,listener)));"
        + "process.stdin.on('end',()=>process.emit('SIGTERM')||process.exit(0)).resume();";

    private readonly Process _process;
    private int _isDisposed;

    private AzuriteProcess(Process process) => _process = process;

    /// <summary>Starts the emulator and waits until it listens.</summary>
    /// <param name="package">Installed package.</param>
    /// <param name="dataFolder">Where it keeps its data; created when missing.</param>
    /// <param name="ports">Free ports.</param>
    /// <param name="cancellationToken">Gives up waiting and stops it.</param>
    /// <param name="options">More of its command line.</param>
    /// <exception cref="AzuriteException">It ended, or did not listen in time.</exception>
    public static async Task<AzuriteProcess> StartAsync(AzuritePackage package, string dataFolder, AzuritePorts ports, CancellationToken cancellationToken, params string[] options)
    {
        var process = Process.Start(StartInfo(package, dataFolder, ports, options))!;
        var azurite = new AzuriteProcess(process);
        var lastError = "";
        process.ErrorDataReceived += (_, line) => lastError = string.IsNullOrWhiteSpace(line.Data) ? lastError : line.Data;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            var started = Stopwatch.GetTimestamp();
            while (!await ports.AreListeningAsync(cancellationToken).ConfigureAwait(false))
            {
                if (process.HasExited)
                    throw new AzuriteException($"Azurite ended with exit code {process.ExitCode}: {lastError}");
                if (Stopwatch.GetElapsedTime(started) > StartTimeout)
                    throw new AzuriteException($"Azurite did not listen within {StartTimeout.TotalSeconds:0} s: {lastError}");
                await Task.Delay(PollInterval, cancellationToken).ConfigureAwait(false);
            }

            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>How it is started: by a process that holds the other ends of its standard streams.</summary>
    internal static ProcessStartInfo StartInfo(AzuritePackage package, string dataFolder, AzuritePorts ports, params string[] options)
    {
        Directory.CreateDirectory(dataFolder);
        string[] arguments =
        [
            "--import", StopWithParent, package.Script,
            "--location", dataFolder, "--silent", "--skipApiVersionCheck", "--disableTelemetry",
            "--blobHost", "127.0.0.1", "--blobPort", Text(ports.Blob),
            "--queueHost", "127.0.0.1", "--queuePort", Text(ports.Queue),
            "--tableHost", "127.0.0.1", "--tablePort", Text(ports.Table),
            .. options,
        ];
        return new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = dataFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Stops it so that it saves its data, or kills it when it does not stop.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
            return;
        try
        {
            using var timeout = new CancellationTokenSource(StopTimeout);
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            _process.Kill(entireProcessTree: true);
        }
        finally
        {
            _process.Dispose();
        }
    }

    /// <summary>Ends it as a crash would.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().ConfigureAwait(false);
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
