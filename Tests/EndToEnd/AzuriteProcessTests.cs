using System.Diagnostics;
using System.Text.Json;
using ClassifierFunctions.EmbeddedHost.Azurite;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>The emulator beside a host that is killed.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed class AzuriteProcessTests(AzuriteFixture azurite)
{
    private const string Parent = "require('child_process').spawn('node', JSON.parse(process.argv[1]), { stdio: 'pipe' }); setInterval(() => {}, 1000)";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task StartAsync_ParentKilled_SavesWhatItTook()
    {
        using var folder = new TemporaryFolder();
        // The fixture has installed it.
        var (package, ports) = (new AzuritePackage(Repository.Root), AzuriteFixture.FreePorts());
        Assert.NotEqual(azurite.Ports, ports);
        var arguments = JsonSerializer.Serialize(AzuriteProcess.StartInfo(package, folder.Path, ports).ArgumentList);
        using var parent = Process.Start("node", ["-e", Parent, arguments]);
        await Eventually.HoldsAsync(() => ports.AreListeningAsync(CancellationToken.None), Timeout, "The emulator's start");
        var names = Enumerable.Range(0, 20).Select(i => $"{i}.txt").ToArray();
        var uploads = new UploadContainer(AzuriteFixture.Blobs(ports));
        foreach (var name in names)
            await uploads.UploadAsync(name, [1]);

        parent.Kill();
        await Eventually.HoldsAsync(async () => !await ports.AreListeningAsync(CancellationToken.None), Timeout, "The emulator's end");
        await using var again = await AzuriteProcess.StartAsync(package, folder.Path, ports, CancellationToken.None);
        var kept = AzuriteFixture.Blobs(ports).GetBlobContainerClient("uploads").GetBlobs().Select(blob => blob.Name);

        Assert.Equal(names.Order(StringComparer.Ordinal), kept.Order(StringComparer.Ordinal));
    }
}
