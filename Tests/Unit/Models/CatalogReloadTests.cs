using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.Results;
using ClassifierFunctions.Tests.Support;
using Google.Protobuf;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Tests.Unit.Models;

public sealed class CatalogReloadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SessionStore _sessions = Sessions.NewStore();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RefreshAsync_NothingChanged_ChangesNothing()
    {
        _folder.CopyModel(TestData.Path("mnist"), "m");
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
        _folder.CopyModel(TestData.Path("mnist"), "m/1");
        var catalog = Catalog();
        _folder.CopyModel(TestData.Path("mnist"), "m/2");
        _folder.CopyModel(TestData.Path("mnist"), "other");
        Assert.False(await catalog.RefreshAsync(CancellationToken.None));
        Assert.Equal("1", catalog.Find("m", null).Version);
        // Still growing.
        await File.AppendAllTextAsync(_folder.Path + "/m/2/labels.txt", "\n");
        Assert.True(await catalog.RefreshAsync(CancellationToken.None));
        Assert.Equal(("1", true), (catalog.Find("m", null).Version, catalog.Contains("other")));
        Assert.True(await catalog.RefreshAsync(CancellationToken.None));

        Assert.Equal("2", catalog.Find("m", null).Version);
        Assert.Equal(["2", "1"], catalog.Describe("m").Versions.Select(version => version.Version));
    }

    [Fact]
    public async Task RefreshAsync_VersionOfALoadedModel_IsLoadedBeforeRequestsGetIt()
    {
        _folder.CopyModel(TestData.Path("mnist"), "m/1");
        var catalog = Catalog();
        await LoadAsync(catalog, "m");
        _folder.CopyModel(TestData.Path("mnist"), "m/2");
        await SettleAsync(catalog);

        Assert.Equal(["loaded", "loaded"], catalog.Describe("m").Versions.Select(version => version.State));
    }

    [Fact]
    public async Task RefreshAsync_VersionOfAModelThatNobodyUses_IsLoadedByItsFirstRequest()
    {
        _folder.CopyModel(TestData.Path("mnist"), "m/1");
        var catalog = Catalog();
        _folder.CopyModel(TestData.Path("mnist"), "m/2");
        await SettleAsync(catalog);

        Assert.Equal(["available", "available"], catalog.Describe("m").Versions.Select(version => version.State));
    }

    [Fact]
    public async Task RefreshAsync_FilesReplaced_NewOnesAnswerAndOldSessionStaysForItsRequests()
    {
        var folder = _folder.CopyModel(TestData.Path("mnist"), "m");
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
    public async Task RefreshAsync_FilesBroken_OldOnesGoOnUntilMended()
    {
        var folder = _folder.CopyModel(TestData.Path("mnist"), "m");
        var catalog = Catalog();
        await LoadAsync(catalog, "m");
        var onnx = await File.ReadAllBytesAsync(folder + "/model.onnx");
        await File.WriteAllTextAsync(folder + "/model.onnx", "<html>404</html>");
        await SettleAsync(catalog);

        var version = Assert.Single(catalog.Describe("m").Versions);
        Assert.Equal("loaded", version.State);
        Assert.Contains("not an ONNX file", version.Error, StringComparison.Ordinal);
        Assert.False(await catalog.RefreshAsync(CancellationToken.None));
        await LoadAsync(catalog, "m");

        await File.WriteAllBytesAsync(folder + "/model.onnx", onnx);
        await SettleAsync(catalog);
        Assert.Null(Assert.Single(catalog.Describe("m").Versions).Error);
    }

    [Fact]
    public async Task RefreshAsync_NewVersionHasNoSession_IsListedAndTriedAgain()
    {
        _folder.CopyModel(TestData.Path("mnist"), "m/1");
        var catalog = Catalog();
        await LoadAsync(catalog, "m");
        var folder = _folder.CopyModel(TestData.Path("mnist"), "m/2");
        File.WriteAllBytes(folder + "/model.onnx", NoSession());
        await SettleAsync(catalog);

        Assert.Equal("1", catalog.Find("m", null).Version);
        var version = catalog.Describe("m").Versions[0];
        Assert.Equal(("2", "failed"), (version.Version, version.State));
        Assert.Equal(ClassifierError.ModelUnavailable, Assert.Throws<ClassifierException>(() => catalog.Find("m", "2")).Error);
        // Tried again without an end, and without another snapshot each time.
        Assert.False(await catalog.RefreshAsync(CancellationToken.None));

        File.Copy(TestData.Path("mnist", "model.onnx"), folder + "/model.onnx", overwrite: true);
        await SettleAsync(catalog);
        Assert.Equal("2", catalog.Find("m", null).Version);
    }

    [Fact]
    public async Task Find_NewVersionCannotBeLoaded_TheOneBeforeAnswersEvenWhenItIsNotLoaded()
    {
        _folder.CopyModel(TestData.Path("mnist"), "m/1");
        var folder = _folder.CopyModel(TestData.Path("mnist"), "m/2");
        File.WriteAllBytes(folder + "/model.onnx", NoSession());
        var catalog = Catalog();
        Assert.Equal("2", catalog.Find("m", null).Version);
        await Assert.ThrowsAsync<ClassifierException>(() => LoadAsync(catalog, "m"));
        Assert.Equal("1", catalog.Find("m", null).Version);
        await SettleAsync(catalog);
        await LoadAsync(catalog, "m");
        Assert.Equal(("1", "2"), (catalog.Find("m", null).Version, catalog.Find("m", "2").Version));

        File.Copy(TestData.Path("mnist", "model.onnx"), folder + "/model.onnx", overwrite: true);
        await SettleAsync(catalog);
        Assert.Equal("2", catalog.Find("m", null).Version);
    }

    [Fact]
    public async Task RefreshAsync_FailedVersionWhoseModelIsNoLongerLoaded_StaysOut()
    {
        _folder.CopyModel(TestData.Path("mnist"), "m/1");
        var sessions = Sessions.NewStore(models: new ModelsOptions { MemoryBudgetMB = 1 });
        var catalog = Catalog(sessions: sessions);
        await LoadAsync(catalog, "m");
        File.WriteAllBytes(_folder.CopyModel(TestData.Path("mnist"), "m/2") + "/model.onnx", NoSession());
        await SettleAsync(catalog);
        using (var other = sessions.Lease(catalog.Find("m", "1") with { OnnxPath = TestData.Path("mnist", "model.onnx"), Bytes = 2_000_000, Folder = null }))
            await other.GetAsync(CancellationToken.None);
        Assert.False(sessions.IsLoaded(catalog.Find("m", "1")));
        await SettleAsync(catalog);

        Assert.Equal("1", catalog.Find("m", null).Version);
        await LoadAsync(catalog, "m");
    }

    [Fact]
    public async Task RefreshAsync_ReplacementUnderATightBudget_NeitherFailsNorUnloadsWhatServes()
    {
        var folder = _folder.CopyModel(TestData.Path("mnist"), "m");
        var sessions = Sessions.NewStore(models: new ModelsOptions { MemoryBudgetMB = 1 });
        await File.WriteAllBytesAsync(folder + "/model.onnx_data", new byte[900_000]);
        var catalog = Catalog(sessions: sessions);
        await LoadAsync(catalog, "m");
        var served = catalog.Find("m", null);
        File.WriteAllBytes(folder + "/model.onnx", NoSession());
        await SettleAsync(catalog);

        // It could not be loaded again.
        Assert.True(sessions.IsLoaded(served));
        await LoadAsync(catalog, "m");
        File.Copy(TestData.Path("mnist", "model.onnx"), folder + "/model.onnx", overwrite: true);
        await SettleAsync(catalog);
        Assert.NotSame(served, catalog.Find("m", null));
        await LoadAsync(catalog, "m");
    }

    [Fact]
    public async Task RefreshAsync_BrokenReplacementOfWhatIsNotLoaded_LeavesTheVersionBefore()
    {
        _folder.CopyModel(TestData.Path("mnist"), "m/1");
        var folder = _folder.CopyModel(TestData.Path("mnist"), "m/2");
        var catalog = Catalog();
        await File.WriteAllTextAsync(folder + "/model.onnx", "<html>404</html>");
        await SettleAsync(catalog);

        Assert.Equal("1", catalog.Find("m", null).Version);
        await LoadAsync(catalog, "m");
    }

    [Fact]
    public async Task RefreshAsync_OtherFilesBesideTheModel_AreNoChange()
    {
        var folder = _folder.CopyModel(TestData.Path("mnist"), "m");
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
        var (first, second) = (_folder.CopyModel(TestData.Path("mnist"), "../" + Path.GetFileName(_folder.Path) + "-a"), _folder.CopyModel(TestData.Path("mnist"), "../" + Path.GetFileName(_folder.Path) + "-b"));
        try
        {
            await File.WriteAllTextAsync(second + "/config.json", Labels("second"));
            Directory.CreateSymbolicLink(_folder.Path + "/.current", first);
            Directory.CreateDirectory(_folder.Path + "/m");
            foreach (var file in new[] { "model.onnx", "config.json", "preprocessor_config.json" })
                File.CreateSymbolicLink(Path.Combine(_folder.Path, "m", file), Path.Combine("..", ".current", file));
            var catalog = Catalog();
            Directory.Delete(_folder.Path + "/.current");
            Directory.CreateSymbolicLink(_folder.Path + "/.current", second);
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
    public async Task GetAsync_FileExchangedWithoutATrace_IsRefusedByItsPin()
    {
        var folder = _folder.CopyModel(TestData.Path("mnist"), "m");
        var onnx = folder + "/model.onnx";
        var bytes = await File.ReadAllBytesAsync(onnx);
        await File.WriteAllTextAsync(onnx + ".sha256", Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes)));
        var catalog = Catalog();
        var time = File.GetLastWriteTimeUtc(onnx);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(onnx, bytes);
        File.SetLastWriteTimeUtc(onnx, time);

        using var lease = catalog.Lease("m", null);
        var failure = await Assert.ThrowsAsync<ClassifierException>(async () => await lease.GetAsync(CancellationToken.None));
        Assert.Contains("SHA-256", failure.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefreshAsync_FoldersGone_AreForgottenOnceTwoLooksAgree()
    {
        _folder.CopyModel(TestData.Path("mnist"), "m/1");
        _folder.CopyModel(TestData.Path("mnist"), "m/2");
        _folder.CopyModel(TestData.Path("mnist"), "other");
        var catalog = Catalog();
        using var lease = catalog.Lease("m", null);
        var session = await lease.GetAsync(CancellationToken.None);
        Directory.Delete(_folder.Path + "/m/2", recursive: true);
        Directory.Delete(_folder.Path + "/other", recursive: true);
        Assert.False(await catalog.RefreshAsync(CancellationToken.None));
        Assert.True(catalog.Contains("other"));
        Assert.True(await catalog.RefreshAsync(CancellationToken.None));

        Assert.Equal(("1", false), (catalog.Find("m", null).Version, catalog.Contains("other")));
        // The request that came before goes on.
        Assert.Equal(10, session.Scores(new byte[28 * 28 * 4]).Length);
    }

    [Fact]
    public async Task RefreshAsync_ModelsFolderAway_KeepsTheModels()
    {
        var models = Path.Combine(_folder.Path, "share");
        Directory.CreateDirectory(models);
        _folder.CopyModel(TestData.Path("mnist"), "share/m");
        var catalog = Catalog(models);
        Directory.Move(models, models + "-away");
        Assert.False(await catalog.RefreshAsync(CancellationToken.None));
        Assert.False(await catalog.RefreshAsync(CancellationToken.None));
        Assert.True(catalog.Contains("m"));

        Directory.Move(models + "-away", models);
        await SettleAsync(catalog);
        await LoadAsync(catalog, "m");
    }

    [Fact]
    public async Task Lease_WhileVersionsComeAndGo_NeverFails()
    {
        _folder.CopyModel(TestData.Path("mnist"), "m/1");
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
            _folder.CopyModel(TestData.Path("mnist"), "m/2");
            await SettleAsync(catalog);
            Assert.Equal("2", catalog.Find("m", null).Version);
            Directory.Delete(_folder.Path + "/m/2", recursive: true);
            await SettleAsync(catalog);
        }

        await done.CancelAsync();
        Assert.All(await Task.WhenAll(clients), count => Assert.NotEqual(0, count));
        Assert.Equal("loaded", Assert.Single(catalog.Describe("m").Versions).State);
    }

    private static async Task SettleAsync(ModelCatalog catalog)
    {
        await catalog.RefreshAsync(CancellationToken.None);
        await catalog.RefreshAsync(CancellationToken.None);
    }

    // What a request does.
    private static async Task LoadAsync(ModelCatalog catalog, string model)
    {
        using var lease = catalog.Lease(model, null);
        Assert.Equal(10, (await lease.GetAsync(CancellationToken.None)).Scores(new byte[28 * 28 * 4]).Length);
    }

    // An operator that no runtime has.
    private static byte[] NoSession()
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(TestData.Path("mnist", "model.onnx")));
        model.Graph.Node[0].OpType = "NoSuchOperator";
        return model.ToByteArray();
    }

    private static string Labels(string prefix)
        => $"{{\"id2label\": {{{string.Join(", ", Enumerable.Range(0, 10).Select(i => $"\"{i}\": \"{prefix} {i}\""))}}}}}";

    private ModelCatalog Catalog(string? path = null, SessionStore? sessions = null)
        => new(Options.Create(new ModelsOptions { Path = path ?? _folder.Path }), sessions ?? _sessions, new HostingEnvironment { ContentRootPath = _folder.Path }, NullLogger<ModelCatalog>.Instance);
}
