using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Models;

public sealed class CatalogReloadTests : CatalogReloadTestsBase
{
    [Fact]
    public async Task RefreshAsync_NothingChanged_ChangesNothing()
    {
        Folder.CopyModel(TestData.Path("mnist"), "m");
        var catalog = Catalog();
        var model = catalog.Find("m", null);
        using var lease = catalog.Lease("m", null);
        await lease.GetAsync(CancellationToken.None);

        for (var i = 0; i < 3; i++)
            Assert.False(await catalog.RefreshAsync(CancellationToken.None));
        Assert.Same(model, catalog.Find("m", null));
    }

    [Fact]
    public async Task RefreshAsync_NewModelAndVersion_ArriveOnceTwoLooksAgree()
    {
        Folder.CopyModel(TestData.Path("mnist"), "m/1");
        var catalog = Catalog();
        Folder.CopyModel(TestData.Path("mnist"), "m/2");
        Folder.CopyModel(TestData.Path("mnist"), "other");
        Assert.False(await catalog.RefreshAsync(CancellationToken.None));
        Assert.Equal("1", catalog.Find("m", null).Version);
        // Still growing.
        await File.AppendAllTextAsync(Folder.Path + "/m/2/labels.txt", "\n");
        Assert.True(await catalog.RefreshAsync(CancellationToken.None));
        Assert.Equal(("1", true), (catalog.Find("m", null).Version, catalog.Contains("other")));
        Assert.True(await catalog.RefreshAsync(CancellationToken.None));

        Assert.Equal("2", catalog.Find("m", null).Version);
        Assert.Equal(["2", "1"], catalog.Describe("m").Versions.Select(version => version.Version));
    }

    [Fact]
    public async Task RefreshAsync_VersionOfALoadedModel_IsLoadedBeforeRequestsGetIt()
    {
        Folder.CopyModel(TestData.Path("mnist"), "m/1");
        var catalog = Catalog();
        await LoadAsync(catalog, "m");
        Folder.CopyModel(TestData.Path("mnist"), "m/2");
        await SettleAsync(catalog);

        Assert.Equal(["loaded", "loaded"], catalog.Describe("m").Versions.Select(version => version.State));
    }

    [Fact]
    public async Task RefreshAsync_VersionOfAModelThatNobodyUses_IsLoadedByItsFirstRequest()
    {
        Folder.CopyModel(TestData.Path("mnist"), "m/1");
        var catalog = Catalog();
        Folder.CopyModel(TestData.Path("mnist"), "m/2");
        await SettleAsync(catalog);

        Assert.Equal(["available", "available"], catalog.Describe("m").Versions.Select(version => version.State));
    }

    [Fact]
    public async Task RefreshAsync_FilesReplaced_NewOnesAnswerAndOldSessionStaysForItsRequests()
    {
        var folder = Folder.CopyModel(TestData.Path("mnist"), "m");
        var catalog = Catalog();
        var inFlight = catalog.Lease("m", null);
        var before = await inFlight.GetAsync(CancellationToken.None);
        await File.WriteAllTextAsync(folder + "/config.json", Labels("new"));
        await SettleAsync(catalog);

        using var lease = catalog.Lease("m", null);
        Assert.Equal("new 3", lease.Model.Labels[3]);
        Assert.NotSame(before, await lease.GetAsync(CancellationToken.None));
        Assert.Equal(10, before.Scores(new byte[28 * 28 * 4]).Length);
        inFlight.Dispose();
        Assert.Throws<ObjectDisposedException>(() => before.Scores(new byte[28 * 28 * 4]));
    }

    [Fact]
    public async Task RefreshAsync_OtherFilesBesideTheModel_AreNoChange()
    {
        var folder = Folder.CopyModel(TestData.Path("mnist"), "m");
        var catalog = Catalog();
        var model = catalog.Find("m", null);
        await File.WriteAllTextAsync(folder + "/training.log", "epoch 1");
        Assert.False(await catalog.RefreshAsync(CancellationToken.None));
        Assert.False(await catalog.RefreshAsync(CancellationToken.None));

        await LoadAsync(catalog, "m");
        Assert.Same(model, catalog.Find("m", null));
    }

    [Fact]
    public async Task RefreshAsync_LinkLeadsElsewhere_IsAChange()
    {
        var (first, second) = (Folder.CopyModel(TestData.Path("mnist"), "../" + Path.GetFileName(Folder.Path) + "-a"), Folder.CopyModel(TestData.Path("mnist"), "../" + Path.GetFileName(Folder.Path) + "-b"));
        try
        {
            await File.WriteAllTextAsync(second + "/config.json", Labels("second"));
            Directory.CreateSymbolicLink(Folder.Path + "/.current", first);
            Directory.CreateDirectory(Folder.Path + "/m");
            foreach (var file in new[] { "model.onnx", "config.json", "preprocessor_config.json" })
                File.CreateSymbolicLink(Path.Combine(Folder.Path, "m", file), Path.Combine("..", ".current", file));
            var catalog = Catalog();
            Directory.Delete(Folder.Path + "/.current");
            Directory.CreateSymbolicLink(Folder.Path + "/.current", second);
            await SettleAsync(catalog);

            Assert.Equal("second 3", catalog.Find("m", null).Labels[3]);
        }
        finally
        {
            Directory.Delete(first, recursive: true);
            Directory.Delete(second, recursive: true);
        }
    }

    [Fact]
    public async Task RefreshAsync_FoldersGone_AreForgottenOnceTwoLooksAgree()
    {
        Folder.CopyModel(TestData.Path("mnist"), "m/1");
        Folder.CopyModel(TestData.Path("mnist"), "m/2");
        Folder.CopyModel(TestData.Path("mnist"), "other");
        var catalog = Catalog();
        using var lease = catalog.Lease("m", null);
        var session = await lease.GetAsync(CancellationToken.None);
        Directory.Delete(Folder.Path + "/m/2", recursive: true);
        Directory.Delete(Folder.Path + "/other", recursive: true);
        Assert.False(await catalog.RefreshAsync(CancellationToken.None));
        Assert.True(catalog.Contains("other"));
        Assert.True(await catalog.RefreshAsync(CancellationToken.None));

        Assert.Equal(("1", false), (catalog.Find("m", null).Version, catalog.Contains("other")));
        // The request that came before goes on.
        Assert.Equal(10, session.Scores(new byte[28 * 28 * 4]).Length);
    }

    [Fact]
    public async Task Lease_WhileVersionsComeAndGo_NeverFails()
    {
        Folder.CopyModel(TestData.Path("mnist"), "m/1");
        var catalog = Catalog();
        await LoadAsync(catalog, "m");
        using var done = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; !done.IsCancellationRequested; count++)
                await LoadAsync(catalog, "m");
            return count;
        })).ToArray();
        for (var i = 0; i < 10; i++)
        {
            Folder.CopyModel(TestData.Path("mnist"), "m/2");
            await SettleAsync(catalog);
            Assert.Equal("2", catalog.Find("m", null).Version);
            Directory.Delete(Folder.Path + "/m/2", recursive: true);
            await SettleAsync(catalog);
        }

        await done.CancelAsync();
        Assert.All(await Task.WhenAll(clients), count => Assert.NotEqual(0, count));
        Assert.Equal("loaded", Assert.Single(catalog.Describe("m").Versions).State);
    }

    private static string Labels(string prefix)
        => $"{{\"id2label\": {{{string.Join(", ", Enumerable.Range(0, 10).Select(i => $"\"{i}\": \"{prefix} {i}\""))}}}}}";
}
