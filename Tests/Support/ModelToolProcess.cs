using System.Diagnostics;
using System.Globalization;

namespace ClassifierFunctions.Tests.Support;

/// <summary>ModelTool as its own process.</summary>
internal sealed class ModelToolProcess : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _error;

    private ModelToolProcess(Process process) => (_process, _error) = (process, process.StandardError.ReadToEndAsync());

    /// <summary>What it writes to standard output.</summary>
    public StreamReader Output => _process.StandardOutput;

    public static ModelToolProcess Start(params string[] arguments) => Start(Repository.Root, arguments);

    /// <param name="workingDirectory">Where it starts.</param>
    /// <param name="arguments">Command line.</param>
    /// <param name="settings">Environment variables, beside those of the tests.</param>
    public static ModelToolProcess Start(string workingDirectory, string[] arguments, Dictionary<string, string>? settings = null)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Program("ModelTool"), .. arguments])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings ?? [])
            start.Environment[name] = value;
        return new ModelToolProcess(Process.Start(start)!);
    }

    /// <summary>Runs it to its end.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync(Start(arguments));

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(ModelToolProcess started)
    {
        await using var tool = started;
        var output = await tool.Output.ReadToEndAsync();
        var (exitCode, error) = await tool.WaitForExitAsync();
        return (exitCode, output, error);
    }

    /// <summary>Resident memory at most so far, in bytes; 0 when it has just ended. Linux only.</summary>
    public long PeakMemory()
    {
        const string Peak = "VmHWM:";
        try
        {
            return File.ReadLines($"/proc/{_process.Id}/status").FirstOrDefault(line => line.StartsWith(Peak, StringComparison.Ordinal)) is { } line
                ? 1024 * long.Parse(line[Peak.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)
                : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Sends SIGTERM, which it takes as Ctrl+C: shells let what runs in the background ignore SIGINT.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async Task<(int ExitCode, string Error)> WaitForExitAsync()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        await _process.WaitForExitAsync(timeout.Token);
        return (_process.ExitCode, await _error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
