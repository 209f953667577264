using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using ClassifierFunctions.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ClassifierFunctions.Tests.Unit.Inference;

public sealed class SessionStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GetAsync_FiftyConcurrentFirstCalls_CreateOneSession()
    {
        // A name of its own, because the metric is the whole process's.
        var model = Model("fifty");
        var store = Sessions.NewStore();
        using var loads = new LoadCounter("fifty");
        Assert.False(store.IsLoaded(model));
        var sessions = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => GetAsync(store, model))));

        Assert.Single(sessions.Distinct());
        Assert.Same(sessions[0], store.Loaded(model));
        Assert.Equal(1, loads.Count);
    }

    [Fact]
    public async Task GetAsync_TwoStoresOfTheProcess_ShareTheSession()
    {
        var model = Model("shared");
        SessionStore Store() => new(Options.Create(new InferenceOptions()), Options.Create(new ModelsOptions()), TimeProvider.System, NullLogger<SessionStore>.Instance);

        Assert.Same(await GetAsync(Store(), model), await GetAsync(Store(), model));
    }

    [Fact]
    public async Task GetAsync_AfterFailure_TriesAgainWithGrowingPauses()
    {
        var model = Model("mended");
        var store = Sessions.NewStore(time: _time);
        var onnx = await File.ReadAllBytesAsync(model.OnnxPath);
        await File.WriteAllBytesAsync(model.OnnxPath, onnx[..1000]);
        foreach (var pause in new[] { 1, 2, 4 })
        {
            var failure = await Assert.ThrowsAsync<ClassifierException>(() => GetAsync(store, model));
            Assert.Equal((ClassifierError.ModelUnavailable, null), (failure.Error, failure.RetryAfter));
            // The path of the server is for the log, not for the caller.
            Assert.DoesNotContain(_folder.Path, failure.Message, StringComparison.Ordinal);
            Assert.NotNull(store.Failure(model));
            // Too soon: not even tried.
            Assert.Equal(TimeSpan.FromSeconds(pause), (await Assert.ThrowsAsync<ClassifierException>(() => GetAsync(store, model))).RetryAfter);
            _time.Advance(TimeSpan.FromSeconds(pause));
        }

        await File.WriteAllBytesAsync(model.OnnxPath, onnx);
        Assert.Equal("CPU", (await GetAsync(store, model)).Provider.Name);
        Assert.Null(store.Failure(model));
    }

    [Fact]
    public async Task GetAsync_CallerGivesUp_CreationGoesOn()
    {
        var model = Model("given-up");
        var store = Sessions.NewStore();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        using (var lease = store.Lease(model))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await lease.GetAsync(cancelled.Token));

        await Eventually.HoldsAsync(() => Task.FromResult(store.IsLoaded(model)), TimeSpan.FromSeconds(30), "The creation");
    }

    [Fact]
    public async Task GetAsync_OverTheBudget_UnloadsTheLeastRecentlyUsed()
    {
        var (a, b, c) = (Model("a"), Model("b"), Model("c"));
        var store = Budget(a.MemoryBytes * 2);
        await UseAsync(store, a);
        await UseAsync(store, b);
        await UseAsync(store, a);
        await UseAsync(store, c);
        Assert.Equal((true, false, true), (store.IsLoaded(a), store.IsLoaded(b), store.IsLoaded(c)));

        // It comes back when it is asked for.
        await UseAsync(store, b);
        Assert.Equal((false, true, true), (store.IsLoaded(a), store.IsLoaded(b), store.IsLoaded(c)));
    }

    [Fact]
    public async Task GetAsync_OverTheBudgetWithAllInUse_UnloadsWhenOneIsDone()
    {
        var (a, b) = (Model("a"), Model("b"));
        var store = Budget(a.MemoryBytes);
        using var held = store.Lease(b);
        using (var lease = store.Lease(a))
        {
            var session = await lease.GetAsync(CancellationToken.None);
            await held.GetAsync(CancellationToken.None);
            Assert.True(store.IsLoaded(a) && store.IsLoaded(b));
            // Still usable.
            Assert.Equal(10, session.Scores(new byte[28 * 28 * 4]).Length);
        }

        Assert.Equal((false, true), (store.IsLoaded(a), store.IsLoaded(b)));
    }

    [Fact]
    public async Task GetAsync_ModelLargerThanTheBudget_StaysUntilAnotherComes()
    {
        var (large, other) = (Model("large"), Model("other"));
        var store = Sessions.NewStore(models: new ModelsOptions { MemoryBudgetMB = 1 }, time: _time);
        large = large with { Bytes = 5_000_000 };
        await UseAsync(store, large);
        var session = store.Loaded(large);
        await UseAsync(store, large);
        Assert.Same(session, store.Loaded(large));

        await UseAsync(store, other);
        Assert.Equal((false, true), (store.IsLoaded(large), store.IsLoaded(other)));
    }

    [Fact]
    public async Task Retire_SessionInUse_IsDisposedWithItsLastUser()
    {
        var model = Model("retired");
        var store = Sessions.NewStore();
        var lease = store.Lease(model);
        var session = await lease.GetAsync(CancellationToken.None);
        store.Retire(model);
        Assert.Equal(10, session.Scores(new byte[28 * 28 * 4]).Length);
        // Whoever comes now gets another one.
        Assert.NotSame(session, await GetAsync(store, model));

        lease.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Scores(new byte[28 * 28 * 4]));
    }

    [Fact]
    public async Task Retire_WhileBeingCreated_IsDisposedAfterwards()
    {
        var model = Model("soon-gone");
        var store = Sessions.NewStore();
        var lease = store.Lease(model);
        var creation = lease.GetAsync(CancellationToken.None).AsTask();
        lease.Dispose();
        store.Retire(model);
        var session = await creation;

        await Eventually.HoldsAsync(() => Task.FromResult(!store.IsLoaded(model)), TimeSpan.FromSeconds(30), "The disposal");
        Assert.Throws<ObjectDisposedException>(() => session.Scores(new byte[28 * 28 * 4]));
    }

    [Fact]
    public async Task GetAsync_FilesChangedSinceTheyWereRead_IsRefused()
    {
        var read = Model("changed");
        var folder = Path.GetDirectoryName(read.OnnxPath)!;
        var model = read with { Folder = new VersionFolder("changed", "1", folder, VersionFolder.StampOf(folder)) };
        await File.AppendAllTextAsync(Path.Combine(folder, "labels.txt"), "one more\n");
        var failure = await Assert.ThrowsAsync<ClassifierException>(() => GetAsync(Sessions.NewStore(), model));

        Assert.Contains("being replaced", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<ModelSession> GetAsync(SessionStore store, ModelVersion model)
    {
        using var lease = store.Lease(model);
        return await lease.GetAsync(CancellationToken.None);
    }

    private async Task UseAsync(SessionStore store, ModelVersion model)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(10, (await GetAsync(store, model)).Scores(new byte[28 * 28 * 4]).Length);
    }

    // In whole megabytes, as the setting is: models are made to weigh one.
    private SessionStore Budget(long bytes) => Sessions.NewStore(models: new ModelsOptions { MemoryBudgetMB = (int)(bytes / 1_000_000) }, time: _time);

    private ModelVersion Model(string name)
        => ModelFolder.Read(name, "1", _folder.CopyModel(TestData.Path("mnist"), name)) with { Bytes = 1_000_000 };
}
