using ClassifierFunctions.Tests.Support;
using Xunit.Abstractions;

namespace ClassifierFunctions.Tests.EndToEnd.Faults;

/// <summary>Requests to the storage fail, or their answers are lost, while an upload is delivered twice: one right result all the same.</summary>
[Collection(nameof(FaultsCollection))]
public sealed class StorageFaultTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    private const int Seed = 20261124;
    private const int Iterations = 180;
    private const double FaultRate = 0.4;

    // The client tries each request three times by itself; this many failures in a row of a whole run would be no chance.
    private const int MaxTries = 60;

    private static readonly GoldenPhoto[] Photos = [.. new[] { "toaster.jpg", "hummingbird.jpg", "kitten.png", "broccoli.jpg" }.Select(GoldenPhoto.Named)];

    private readonly UploadContainer _uploads = new(azurite.Blobs());

    [Fact]
    public async Task Classify_FaultsAtRandom_WritesOneRightResult()
    {
        var random = new Random(Seed);
        var faults = new FaultyNetwork(random, FaultRate);
        await using var engine = new UploadEngine(azurite);
        var failedRuns = 0;
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var golden = Photos[iteration % Photos.Length];
            var name = $"squeezenet/faults/{iteration}.img";
            var etag = await _uploads.UploadAsync(name, await File.ReadAllBytesAsync(golden.Path));
            var interleaving = new Interleaving(random);
            engine.Intercept = (message, send) => interleaving.InterceptAsync(message, () => faults.InterceptAsync(message, send));
            var before = engine.ResultsWritten;

            await interleaving.RunAsync(Enumerable.Repeat(() => RetryAsync(() => engine.ClassifyAsync(name)), 2));

            Assert.True(engine.ResultsWritten - before == 1, $"Iteration {iteration}: written {engine.ResultsWritten - before} times");
            golden.AssertMatches(await _uploads.ResultAsync(name, etag, TimeSpan.Zero));
        }

        output.WriteLine($"Seed {Seed}: {Iterations} uploads delivered twice, {engine.ResultsWritten} results written, {failedRuns} runs failed; faults: {faults.Counts}");
        Assert.True(failedRuns > Iterations / 10, $"Only {failedRuns} runs failed: that was no trouble.");

        async Task RetryAsync(Func<Task> run)
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    await run();
                    return;
                }
                catch (Exception) when (tries < MaxTries)
                {
                    Interlocked.Increment(ref failedRuns);
                }
            }
        }
    }

    /// <summary>Uploads are replaced, delivered, delivered again and given up, all at once and with faults.</summary>
    [Fact]
    public async Task Answer_EverythingAtOnce_ResultIsOfTheNewestAndWrittenOncePerVersion()
    {
        var random = new Random(Seed);
        var faults = new FaultyNetwork(random, FaultRate / 4);
        await using var engine = new UploadEngine(azurite);
        var (givenUp, versions) = (0, 0);
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var name = $"squeezenet/everything/{iteration}.img";
            var photo = Photos[iteration % Photos.Length];
            var etag = await _uploads.UploadAsync(name, new byte[UploadEngine.MaxImageBytes + 1]);
            var first = etag;
            var interleaving = new Interleaving(random);
            engine.Intercept = (message, send) => interleaving.InterceptAsync(message, () => faults.InterceptAsync(message, send));
            var before = engine.ResultsWritten;

            await interleaving.RunAsync(
                () => TryAsync(() => engine.ClassifyAsync(name)),
                () => TryAsync(() => engine.ClassifyAsync(name)),
                () => TryAsync(() => engine.GiveUpAsync(name, first)),
                () => ReplaceAsync());
            engine.Intercept = (_, send) => send();
            await engine.ClassifyAsync(name);

            var result = (await _uploads.CurrentResultAsync(name))!.Value;
            Assert.True(result.GetProperty("source").GetProperty("etag").GetString() == etag, $"Iteration {iteration}: the result is of an old version.");
            var written = engine.ResultsWritten - before;
            Assert.True(written is 1 or 2, $"Iteration {iteration}: {written} results for two versions");
            versions += written;
            photo.AssertMatches(result);

            async Task ReplaceAsync()
            {
                // Turns of its own, so that it comes at any time.
                for (var wait = random.Next(8); wait > 0; wait--)
                    await interleaving.TurnAsync();
                etag = await _uploads.UploadAsync(name, await File.ReadAllBytesAsync(photo.Path));
            }
        }

        output.WriteLine($"Seed {Seed}: {2 * Iterations} versions, {versions} results written, {givenUp} runs failed; faults: {faults.Counts}");

        async Task TryAsync(Func<Task> run)
        {
            try
            {
                await run();
            }
            catch (Exception)
            {
                Interlocked.Increment(ref givenUp);
            }
        }
    }
}
