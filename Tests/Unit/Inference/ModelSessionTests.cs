using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using ClassifierFunctions.Telemetry;
using ClassifierFunctions.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClassifierFunctions.Tests.Unit.Inference;

public sealed class ModelSessionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GetAsync_FiftyConcurrentFirstCalls_CreateOneSession()
    {
        // A name of its own, because the metric is the whole process's.
        var model = ModelFolder.Read("fifty", "1", _folder.CopyModel(TestData.Path("mnist"), "fifty"));
        using var loads = new LoadCounter("fifty");
        Assert.Null(ModelSession.Loaded(model));
        var sessions = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () => await GetAsync(model, "auto"))));

        Assert.Single(sessions.Distinct());
        Assert.Same(sessions[0], ModelSession.Loaded(model));
        Assert.Equal(1, loads.Count);
    }

    [Fact]
    public async Task GetAsync_AfterFailure_TriesAgain()
    {
        var folder = _folder.CopyModel(TestData.Path("mnist"), "mended");
        var model = ModelFolder.Read("mended", "1", folder);
        var onnx = await File.ReadAllBytesAsync(model.OnnxPath);
        await File.WriteAllBytesAsync(model.OnnxPath, onnx[..1000]);
        var failure = await Assert.ThrowsAsync<ClassifierException>(() => GetAsync(model, "auto"));
        Assert.Equal(ClassifierError.ModelUnavailable, failure.Error);
        // The path of the server is for the log, not for the caller.
        Assert.DoesNotContain(_folder.Path, failure.Message, StringComparison.Ordinal);
        Assert.NotNull(ModelSession.Failure(model));

        await File.WriteAllBytesAsync(model.OnnxPath, onnx);
        Assert.Equal("CPU", (await GetAsync(model, "auto")).Provider.Name);
        Assert.Null(ModelSession.Failure(model));
    }

    [Fact]
    public async Task GetAsync_CudaOnlyWithoutCuda_FailsInsteadOfTakingTheCpu()
    {
        var model = ModelFolder.Read("cuda", "1", _folder.CopyModel(TestData.Path("mnist"), "cuda"));
        var failure = await Assert.ThrowsAsync<ClassifierException>(() => GetAsync(model, "CUDA"));

        Assert.Equal(ClassifierError.ModelUnavailable, failure.Error);
        Assert.Contains("CUDA", failure.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAsync_CudaThenCpu_SaysWhyItIsTheCpu()
    {
        var model = ModelFolder.Read("fallback", "1", _folder.CopyModel(TestData.Path("mnist"), "fallback"));
        var session = await GetAsync(model, "cuda,cpu");

        Assert.Equal("CPU", session.Provider.Name);
        Assert.Contains("CUDA", session.Provider.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Cancelled_Throws()
    {
        var model = ModelFolder.Read("cancelled", "1", _folder.CopyModel(TestData.Path("mnist"), "cancelled"));
        var session = await GetAsync(model, "CPU");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        Assert.ThrowsAny<OperationCanceledException>(() => session.Run(new byte[28 * 28 * 4], new float[10], cancelled.Token));
    }

    [Fact]
    public async Task Run_BlankImageFromManyThreads_GivesTheSameLogits()
    {
        var model = ModelFolder.Read("threads", "1", _folder.CopyModel(TestData.Path("mnist"), "threads"));
        var session = await GetAsync(model, "CPU");
        var tensor = MemoryMarshal.AsBytes<float>(new float[28 * 28]).ToArray();
        var runs = new float[32][];
        Parallel.For(0, runs.Length, i => session.Run(tensor, runs[i] = new float[10], CancellationToken.None));

        Assert.All(runs, run => Assert.Equal(runs[0], run));
        Assert.Contains(runs[0], logit => logit != 0);
    }

    [Fact]
    public async Task Run_OtherNumberOfScores_IsTheModelsFault()
    {
        var model = ModelFolder.Read("scores", "1", _folder.CopyModel(TestData.Path("mnist"), "scores"));
        var session = await GetAsync(model, "CPU");

        Assert.Throws<ClassifierException>(() => session.Run(new byte[28 * 28 * 4], new float[9], CancellationToken.None));
    }

    private static Task<ModelSession> GetAsync(ModelVersion model, string providers)
        => ModelSession.GetAsync(model, providers, NullLogger.Instance, CancellationToken.None);

    // Counts what the histogram says of stage load.
    private sealed class LoadCounter : IDisposable
    {
        private readonly MeterListener _listener = new();
        private int _count;

        public LoadCounter(string model)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == ClassifierTelemetry.Name && instrument.Name == "classifier.stage.duration")
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
            {
                var values = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value as string);
                if (values["stage"] == "load" && values["model"] == model)
                    Interlocked.Increment(ref _count);
            });
            _listener.Start();
        }

        public int Count => _count;

        public void Dispose() => _listener.Dispose();
    }
}
