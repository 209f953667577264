using System.Runtime.InteropServices;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.Results;
using ClassifierFunctions.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;

namespace ClassifierFunctions.Tests.Unit.Inference;

public sealed class ModelSessionTests
{
    private static readonly string PhotoQuality = Path.Combine(Repository.Root, "models", "photo-quality");

    [Fact]
    public async Task Run_Cancelled_Throws()
    {
        var session = await Sessions.NewAsync(Mnist());
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        Assert.ThrowsAny<OperationCanceledException>(() => session.Scores(new byte[28 * 28 * 4], cancelled.Token));
    }

    [Fact]
    public async Task Run_BlankImageFromManyThreads_GivesTheSameLogits()
    {
        var session = await Sessions.NewAsync(Mnist());
        var tensor = MemoryMarshal.AsBytes<float>(new float[28 * 28]).ToArray();
        var runs = new float[32][];
        Parallel.For(0, runs.Length, i => runs[i] = session.Scores(tensor));

        Assert.All(runs, run => Assert.Equal(runs[0], run));
        Assert.Contains(runs[0], logit => logit != 0);
    }

    [Fact]
    public async Task Run_OtherNumberOfScores_IsTheModelsFault()
    {
        var session = await Sessions.NewAsync(Mnist() with { Labels = ["a", "b"] });

        Assert.Equal(ClassifierError.ModelUnavailable, Assert.Throws<ClassifierException>(() => session.Scores(new byte[28 * 28 * 4])).Error);
    }

    [Fact]
    public async Task Rent_OneAfterTheOther_IsTheSameMemory()
    {
        var session = await Sessions.NewAsync(Mnist());
        var buffer = session.Rent();
        session.Return(buffer);

        Assert.Same(buffer, session.Rent());
        Assert.NotSame(buffer, session.Rent());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Batcher_DynamicBatch_GivesEachImageTheScoresThatItHasAlone(int images)
    {
        var model = ModelFolder.Read("photo-quality", "1", PhotoQuality);
        using var session = Session(model, new InferenceOptions { MaxBatchSize = 5, MaxBatchDelayMs = 1000 });
        using var alone = Session(model, new InferenceOptions());
        Assert.Null(alone.Batcher);
        var tensors = Enumerable.Range(0, images).Select(RandomTensor).ToArray();

        // Announced until all are there: one batch.
        var buffers = tensors.Select(tensor =>
        {
            var buffer = session.Rent();
            tensor.CopyTo(buffer.Tensor);
            return buffer;
        }).ToArray();
        Task<BatchRun>[] runs;
        using (session.Batcher!.Announce())
            runs = [.. buffers.Select(buffer => session.Batcher.RunAsync(buffer, null, CancellationToken.None))];

        foreach (var (run, i) in runs.Select((run, i) => (run, i)))
        {
            Assert.Equal(images, (await run).Size);
            Assert.Equal(alone.Scores(tensors[i]), buffers[i].Scores.ToArray(), (a, b) => Math.Abs(a - b) < 1e-4);
        }
    }

    // Exports for one image whose batch axis is called dynamic: one mixes the images up, the other cannot run two.
    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Batcher_BatchAxisIsALie_IsNone(long scores)
    {
        using var folder = new TemporaryFolder();
        var graph = new OnnxGraphBuilder("lie", "Tests");
        var image = graph.Input("image", OnnxElement.Float32, "batch", 3, 4, 4);
        var means = graph.Node("Reshape", [graph.Node("GlobalAveragePool", [image]), graph.Weights("shape", [1, scores], 2)]);
        graph.Output(graph.Node(new("Softmax", "scores"), [means], ("axis", 1L)), OnnxElement.Float32, "batch", 3);
        graph.Save(Path.Combine(folder.Path, "model.onnx"));
        folder.Write("labels.txt", "a\nb\nc\n");
        folder.Write("preprocessor_config.json", """{"size": 4, "do_rescale": false}""");
        using var session = Session(ModelFolder.Read("lie", "1", folder.Path), new InferenceOptions { MaxBatchSize = 4 });
        session.WarmUp(CancellationToken.None);

        Assert.Equal((null, 1), (session.Batcher, session.MaxBatchSize));
        Assert.All(session.Scores(new byte[3 * 4 * 4 * 4]), score => Assert.Equal(1 / 3.0, score, 1e-6));
    }

    [Fact]
    public void Batcher_FixedBatchOrSizeOne_IsNone()
    {
        using var fixedBatch = Session(ModelFolder.Read("squeezenet", "1", TestData.Squeezenet), new InferenceOptions { MaxBatchSize = 8 });
        using var sizeOne = Session(ModelFolder.Read("photo-quality", "1", PhotoQuality), new InferenceOptions { MaxBatchSize = 1 });

        Assert.Equal((null, 1), (fixedBatch.Batcher, fixedBatch.MaxBatchSize));
        Assert.Equal((null, 1), (sizeOne.Batcher, sizeOne.MaxBatchSize));
    }

    [Theory]
    [InlineData(null, "CUDA", 16)]
    [InlineData(null, "CPU", 1)]
    [InlineData(4, "CPU", 4)]
    public void BatchSizeOn_Provider_IsOnlyLargeWhereItPays(int? configured, string provider, int expected)
        => Assert.Equal(expected, new InferenceOptions { MaxBatchSize = configured }.BatchSizeOn(provider));

    private static ModelVersion Mnist() => ModelFolder.Read("mnist", "1", TestData.Path("mnist"));

    private static ModelSession Session(ModelVersion model, InferenceOptions options)
    {
        var (session, provider) = SessionFactory.Create(model, ExecutionProvider.Cpu, null);
        return new ModelSession(model, session, provider, options, TimeProvider.System, NullLogger.Instance);
    }

    private static byte[] RandomTensor(int seed)
    {
        var random = new Random(seed);
        return MemoryMarshal.AsBytes<float>(Enumerable.Range(0, 3 * 224 * 224).Select(_ => (float)random.NextDouble() * (seed + 1)).ToArray()).ToArray();
    }
}
