using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace ClassifierFunctions.EmbeddedHost.Azurite;

/// <summary>The npm package of the emulator, at the version that <c>package.json</c> pins.</summary>
/// <param name="root">Folder of <c>package.json</c>.</param>
internal sealed class AzuritePackage(string root)
{
    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(5);

    /// <summary>The script that Node.js runs.</summary>
    public string Script => Path.Combine(Folder, "dist", "src", "azurite.js");

    private string Folder => Path.Combine(root, "node_modules", "azurite");

    public static bool IsNodeInstalled()
    {
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true, RedirectStandardError = true });
            node!.WaitForExit();
            return node.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    public bool IsInstalled()
    {
        var installed = Path.Combine(Folder, "package.json");
        return File.Exists(installed) && File.Exists(Script) && Read(installed, json => json.GetProperty("version").GetString()) == PinnedVersion();
    }

    /// <summary>Runs <c>npm install</c>.</summary>
    /// <exception cref="AzuriteException">npm is missing or failed.</exception>
    public async Task InstallAsync(CancellationToken cancellationToken)
    {
        PinnedVersion();
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["install", "--no-audit", "--no-fund", "--no-package-lock"])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(InstallTimeout);
        Process? npm = null;
        try
        {
            npm = Process.Start(start)!;
            npm.StandardInput.Close();
            var output = npm.StandardOutput.ReadToEndAsync(timeout.Token);
            var errors = npm.StandardError.ReadToEndAsync(timeout.Token);
            await npm.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
            await output.ConfigureAwait(false);
            if (npm.ExitCode != 0)
                throw new AzuriteException($"npm install failed: {LastLine(await errors.ConfigureAwait(false))}");
        }
        catch (Win32Exception)
        {
            throw new AzuriteException("npm was not found; it comes with Node.js");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AzuriteException($"npm install took longer than {InstallTimeout.TotalMinutes:0} minutes");
        }
        finally
        {
            if (npm is { HasExited: false })
                npm.Kill(entireProcessTree: true);
            npm?.Dispose();
        }
    }

    /// <exception cref="AzuriteException">package.json does not pin it.</exception>
    private string PinnedVersion()
    {
        var path = Path.Combine(root, "package.json");
        return (File.Exists(path) ? Read(path, json => json.GetProperty("devDependencies").GetProperty("azurite").GetString()) : null)
            ?? throw new AzuriteException($"{path} does not name a version of azurite");
    }

    private static string? Read(string path, Func<JsonElement, string?> select)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            return select(json.RootElement);
        }
        catch (Exception invalid) when (invalid is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
}
