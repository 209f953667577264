using ClassifierFunctions.Tests.Support;
using Xunit.Abstractions;

namespace ClassifierFunctions.Tests.EndToEnd.Faults;

/// <summary>The same event comes more than once: one result, written once.</summary>
[Collection(nameof(FaultsCollection))]
public sealed class DuplicateDeliveryTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    private const int Deliveries = 8;
    private const int Seeds = 25;

    private static readonly GoldenPhoto Golden = GoldenPhoto.Named("toaster.jpg");

    private readonly UploadContainer _uploads = new(azurite.Blobs());

    [Fact]
    public async Task Classify_TwiceInSequence_WritesOnce()
    {
        await using var engine = new UploadEngine(azurite);
        var (name, etag) = await UploadAsync("sequence");

        await engine.ClassifyAsync(name);
        var first = await _uploads.ResultETagAsync(name);
        await engine.ClassifyAsync(name);

        Assert.Equal(first, await _uploads.ResultETagAsync(name));
        await AssertAnsweredOnceAsync(name, etag, engine);
    }

    [Fact]
    public async Task Classify_EightTimesAtOnceInTwoInstances_WritesOnce()
    {
        await using var first = new UploadEngine(azurite);
        await using var second = new UploadEngine(azurite);
        var (name, etag) = await UploadAsync("instances");

        await Task.WhenAll(Enumerable.Range(0, Deliveries).Select(i => Task.Run(() => (i % 2 == 0 ? first : second).ClassifyAsync(name))));

        await AssertAnsweredOnceAsync(name, etag, first, second);
    }

    [Fact]
    public async Task Classify_EightTimesInEveryOrder_WritesOnce()
    {
        await using var engine = new UploadEngine(azurite);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var interleaving = new Interleaving(new Random(seed));
            engine.Intercept = interleaving.InterceptAsync;
            var (name, etag) = await UploadAsync($"order-{seed}");
            var before = engine.ResultsWritten;

            await interleaving.RunAsync(Enumerable.Repeat(() => engine.ClassifyAsync(name), Deliveries));

            Assert.True(engine.ResultsWritten - before == 1, $"Seed {seed}: written {engine.ResultsWritten - before} times");
            await AssertAnsweredAsync(name, etag);
        }

        output.WriteLine($"{Seeds} orders of {Deliveries} deliveries each: {engine.ResultsWritten} results written");
    }

    private async Task<(string Name, string ETag)> UploadAsync(string name)
    {
        name = $"squeezenet/duplicate/{name}.jpg";
        return (name, await _uploads.UploadAsync(name, await File.ReadAllBytesAsync(Golden.Path)));
    }

    private async Task AssertAnsweredOnceAsync(string name, string etag, params UploadEngine[] engines)
    {
        output.WriteLine($"{name}: written {string.Join(" + ", engines.Select(engine => engine.ResultsWritten))} times");
        Assert.Equal(1, engines.Sum(engine => engine.ResultsWritten));
        await AssertAnsweredAsync(name, etag);
    }

    private async Task AssertAnsweredAsync(string name, string etag) => Golden.AssertMatches(await _uploads.ResultAsync(name, etag, TimeSpan.Zero));
}
