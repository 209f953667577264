using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace ClassifierFunctions.Tests.Support;

/// <summary>The app as its own process in the embedded host, on a free port of loopback.</summary>
internal sealed partial class AppProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private HttpClient? _http;

    private AppProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public HttpClient Http => _http ?? throw new InvalidOperationException("The app does not listen.");

    public Uri Address => Http.BaseAddress!;

    /// <summary>Time of all processors that it took so far.</summary>
    public TimeSpan ProcessorTime => _process.TotalProcessorTime;

    /// <summary>Everything that it wrote so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Resident memory in bytes: now, and at most since <see cref="ResetPeakMemory"/>. Linux only.</summary>
    public (long Now, long Peak) Memory()
    {
        var status = File.ReadLines($"/proc/{_process.Id}/status").ToArray();
        return (Kilobytes("VmRSS:") * 1024, Kilobytes("VmHWM:") * 1024);

        long Kilobytes(string name) => long.Parse(
            status.Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal),
            System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>See proc(5), clear_refs.</summary>
    public void ResetPeakMemory() => File.WriteAllText($"/proc/{_process.Id}/clear_refs", "5");

    /// <summary>The assemblies and libraries in its memory. Linux only.</summary>
    public IReadOnlyList<string> LoadedFiles()
        => [.. File.ReadLines($"/proc/{_process.Id}/maps").Select(line => line[(line.LastIndexOf(' ') + 1)..]).Where(Path.IsPathRooted).Distinct()];

    /// <summary>Starts the app and waits until it listens.</summary>
    /// <param name="settings">App settings, as environment variables.</param>
    /// <param name="workingDirectory">Where it looks for host.json; the repository by default.</param>
    /// <param name="arguments">More of its command line.</param>
    public static async Task<AppProcess> StartAsync(Dictionary<string, string> settings, string? workingDirectory = null, params string[] arguments)
    {
        var app = Launch(settings, workingDirectory, ["--port", "0", .. arguments]);
        try
        {
            var address = await Eventually.GetAsync(
                () => app._process.HasExited
                    ? throw new InvalidOperationException($"The app ended with {app._process.ExitCode}:\n{app.Output}")
                    : Task.FromResult(Listening().Match(app.Output) is { Success: true } match ? match.Groups[1].Value : null),
                StartTimeout,
                "The app's start");
            app._http = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(60) };
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the app, which is expected to end by itself.</summary>
    /// <returns>Exit code and output.</returns>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(Dictionary<string, string> settings, params string[] arguments)
    {
        await using var app = Launch(settings, null, arguments);
        return (await app.WaitForExitAsync(), app.Output);
    }

    /// <summary>Sends SIGTERM and waits for the end.</summary>
    /// <returns>Exit code.</returns>
    public async Task<int> StopAsync(string signal = "TERM")
    {
        await SignalAsync(signal);
        return await WaitForExitAsync();
    }

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async Task<int> WaitForExitAsync()
    {
        using var timeout = new CancellationTokenSource(StopTimeout);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    public int Count(string text) => Regex.Count(Output, Regex.Escape(text));

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static AppProcess Launch(Dictionary<string, string> settings, string? workingDirectory, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Program("Functions"), .. arguments])
        {
            WorkingDirectory = workingDirectory ?? Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return new AppProcess(Process.Start(start)!);
    }

    private void Append(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }

    [GeneratedRegex(@"Listening on (http://\S+?)\. ")]
    private static partial Regex Listening();
}
