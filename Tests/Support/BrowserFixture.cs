using Microsoft.Playwright;

namespace ClassifierFunctions.Tests.Support;

/// <summary>A headless Chromium: one that is installed, or else the one that Playwright downloads.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal IBrowser Browser => _browser!;

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        var installed = Find();
        if (installed is null && Microsoft.Playwright.Program.Main(["install", "chromium"]) != 0)
        {
            throw new InvalidOperationException(
                "These tests need a browser, and Playwright could not download one: install Chromium or Google Chrome, so that it is on the PATH.");
        }

        // Playwright runs it without Chromium's sandbox, which root and most containers cannot have; it opens none but our own pages.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = installed });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private static string? Find()
        => (from program in Programs
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            let path = Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program)
            where File.Exists(path)
            select path).FirstOrDefault();
}
