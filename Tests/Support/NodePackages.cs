using System.Text.Json;
using ClassifierFunctions.EmbeddedHost.Azurite;

namespace ClassifierFunctions.Tests.Support;

/// <summary>The npm packages of <c>package.json</c>: the emulator, which the app needs too, and what only tests need.</summary>
internal static class NodePackages
{
    private static readonly Lazy<Task> Installation = new(InstallMissingAsync);

    /// <summary>Installs them, once per run, unless each is there at the version that is pinned.</summary>
    public static Task InstallAsync() => Installation.Value;

    private static async Task InstallMissingAsync()
    {
        var pins = Read(Path.Combine(Repository.Root, "package.json")).GetProperty("devDependencies").EnumerateObject();
        if (!pins.All(pin => InstalledVersion(pin.Name) == pin.Value.GetString()))
            await new AzuritePackage(Repository.Root).InstallAsync(CancellationToken.None);
    }

    private static string? InstalledVersion(string package)
    {
        var path = Path.Combine(Repository.Root, "node_modules", package, "package.json");
        return File.Exists(path) ? Read(path).GetProperty("version").GetString() : null;
    }

    private static JsonElement Read(string path) => JsonElement.Parse(File.ReadAllText(path));
}
