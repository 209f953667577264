using ClassifierFunctions.Configuration;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using ClassifierFunctions.Tests.Support;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ClassifierFunctions.Tests.Unit.Inference;

public sealed class ModelWarmerTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a", new[] { "a" })]
    [InlineData(" a , b ", new[] { "a", "b" })]
    [InlineData("*", new[] { "a", "b", "c" })]
    [InlineData(null, new string[0])]
    public async Task StartAsync_NamedModels_AreLoadedAndReadinessWaitsForThem(string? warm, string[] expected)
    {
        foreach (var name in new[] { "a", "b", "c" })
            _folder.CopyModel(TestData.Path("mnist"), name);
        var (catalog, sessions, warmer, readiness) = Build(warm);
        if (warm is not null)
            Assert.Contains("Models__Warm", Assert.Throws<ClassifierException>(readiness.ThrowIfNotReady).Message, StringComparison.Ordinal);
        await warmer.StartAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => Task.FromResult(warmer.Pending.Count == 0), Timeout, "The warm-up");

        readiness.ThrowIfNotReady();
        Assert.Equal(expected, catalog.Usable.Where(sessions.IsLoaded).Select(model => model.Model).Order());
        await warmer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task StartAsync_ModelFailsAtFirst_IsTriedUntilItWorks()
    {
        var folder = _folder.CopyModel(TestData.Path("mnist"), "m");
        var (catalog, _, warmer, readiness) = Build("m");
        var onnx = folder + "/model.onnx";
        // Away, then back as it was: the folder's stamp is the same again.
        File.Move(onnx, onnx + ".away");
        await warmer.StartAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => Task.FromResult(catalog.Describe("m").Versions[0].State == "failed"), Timeout, "The first try");
        Assert.Contains("asks for m", Assert.Throws<ClassifierException>(readiness.ThrowIfNotReady).Message, StringComparison.Ordinal);
        File.Move(onnx + ".away", onnx);

        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(warmer.Pending.Count == 0);
            },
            Timeout,
            "The next try");
        readiness.ThrowIfNotReady();
        await warmer.StopAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("a,b,c,broken", false)]
    public async Task StartAsync_OneNeverLoads_HoldsUpNoOther(string warm, bool isReady)
    {
        foreach (var name in new[] { "a", "b", "c", "broken" })
            _folder.CopyModel(TestData.Path("mnist"), name);
        var (catalog, sessions, warmer, readiness) = Build(warm);
        // Since it was read.
        File.Delete(_folder.Path + "/broken/model.onnx");
        await warmer.StartAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => Task.FromResult(warmer.Pending.Count == (isReady ? 0 : 1)), Timeout, "The warm-up");

        Assert.Equal(["a", "b", "c"], catalog.Usable.Where(sessions.IsLoaded).Select(model => model.Model).Order());
        if (isReady)
            readiness.ThrowIfNotReady();
        else
            Assert.Contains("asks for broken", Assert.Throws<ClassifierException>(readiness.ThrowIfNotReady).Message, StringComparison.Ordinal);
        await warmer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task ThrowIfNotReady_OneOfTwoModelsFailed_IsReadyForTheOther()
    {
        _folder.CopyModel(TestData.Path("mnist"), "good");
        _folder.CopyModel(TestData.Path("mnist"), "bad");
        var (catalog, _, _, readiness) = Build(null);
        File.Delete(_folder.Path + "/bad/model.onnx");
        using (var lease = catalog.Lease("bad", null))
            await Assert.ThrowsAsync<ClassifierException>(async () => await lease.GetAsync(CancellationToken.None));
        readiness.ThrowIfNotReady();

        File.Delete(_folder.Path + "/good/model.onnx");
        using (var lease = catalog.Lease("good", null))
            await Assert.ThrowsAsync<ClassifierException>(async () => await lease.GetAsync(CancellationToken.None));
        Assert.Throws<ClassifierException>(readiness.ThrowIfNotReady);
    }

    [Fact]
    public void Constructor_UnknownName_StopsTheStart()
    {
        _folder.CopyModel(TestData.Path("mnist"), "m");

        Assert.Contains("Models__Warm is 'nope'", Assert.Throws<StartupException>(() => Build("m,nope")).Message, StringComparison.Ordinal);
    }

    private (ModelCatalog Catalog, SessionStore Sessions, ModelWarmer Warmer, Readiness Readiness) Build(string? warm)
    {
        var options = Options.Create(new ModelsOptions { Path = _folder.Path, Warm = warm });
        var sessions = Sessions.NewStore(models: options.Value, time: _time);
        var catalog = new ModelCatalog(options, sessions, new HostingEnvironment { ContentRootPath = _folder.Path }, NullLogger<ModelCatalog>.Instance);
        var warmer = new ModelWarmer(catalog, options, _time, NullLogger<ModelWarmer>.Instance);
        return (catalog, sessions, warmer, new Readiness(catalog, sessions, warmer, Options.Create(new InferenceOptions())));
    }
}
