using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.Results;
using ClassifierFunctions.Tests.Support;
using Google.Protobuf;

namespace ClassifierFunctions.Tests.Unit.Models;

/// <summary>Changes that cannot be served, or not at once.</summary>
public sealed class CatalogReloadFailureTests : CatalogReloadTestsBase
{
    [Fact]
    public async Task RefreshAsync_FilesBroken_OldOnesGoOnUntilMended()
    {
        var folder = Folder.CopyModel(TestData.Path("mnist"), "m");
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
        Folder.CopyModel(TestData.Path("mnist"), "m/1");
        var catalog = Catalog();
        await LoadAsync(catalog, "m");
        var folder = Folder.CopyModel(TestData.Path("mnist"), "m/2");
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
        Folder.CopyModel(TestData.Path("mnist"), "m/1");
        var folder = Folder.CopyModel(TestData.Path("mnist"), "m/2");
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
        Folder.CopyModel(TestData.Path("mnist"), "m/1");
        var sessions = Sessions.NewStore(models: new ModelsOptions { MemoryBudgetMB = 1 });
        var catalog = Catalog(sessions: sessions);
        await LoadAsync(catalog, "m");
        File.WriteAllBytes(Folder.CopyModel(TestData.Path("mnist"), "m/2") + "/model.onnx", NoSession());
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
        var folder = Folder.CopyModel(TestData.Path("mnist"), "m");
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
        Folder.CopyModel(TestData.Path("mnist"), "m/1");
        var folder = Folder.CopyModel(TestData.Path("mnist"), "m/2");
        var catalog = Catalog();
        await File.WriteAllTextAsync(folder + "/model.onnx", "<html>404</html>");
        await SettleAsync(catalog);

        Assert.Equal("1", catalog.Find("m", null).Version);
        await LoadAsync(catalog, "m");
    }

    [Fact]
    public async Task GetAsync_FileExchangedWithoutATrace_IsRefusedByItsPin()
    {
        var folder = Folder.CopyModel(TestData.Path("mnist"), "m");
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
    public async Task RefreshAsync_ModelsFolderAway_KeepsTheModels()
    {
        var models = Path.Combine(Folder.Path, "share");
        Directory.CreateDirectory(models);
        Folder.CopyModel(TestData.Path("mnist"), "share/m");
        var catalog = Catalog(models);
        Directory.Move(models, models + "-away");
        Assert.False(await catalog.RefreshAsync(CancellationToken.None));
        Assert.False(await catalog.RefreshAsync(CancellationToken.None));
        Assert.True(catalog.Contains("m"));

        Directory.Move(models + "-away", models);
        await SettleAsync(catalog);
        await LoadAsync(catalog, "m");
    }

    // An operator that no runtime has.
    private static byte[] NoSession()
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(TestData.Path("mnist", "model.onnx")));
        model.Graph.Node[0].OpType = "NoSuchOperator";
        return model.ToByteArray();
    }
}
