using System.Text.Json;
using ClassifierFunctions.Tests.Support;
using Xunit.Abstractions;

namespace ClassifierFunctions.Tests.EndToEnd.Faults;

/// <summary>An upload is given up while it gets its result by another way.</summary>
[Collection(nameof(FaultsCollection))]
public sealed class PoisonRaceTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    private const int Seeds = 20;

    private static readonly GoldenPhoto Golden = GoldenPhoto.Named("hummingbird.jpg");

    private readonly UploadContainer _uploads = new(azurite.Blobs());

    [Fact]
    public async Task GiveUp_AnsweredBeforeAnyRequest_GoodResultStays()
    {
        await using var poison = new UploadEngine(azurite);
        await using var other = new UploadEngine(azurite);
        for (var (number, wasAnswered) = (0, true); wasAnswered; number++)
        {
            var (name, etag) = await UploadAsync($"before-{number}");
            var count = 0;
            wasAnswered = false;
            poison.Intercept = async (_, send) =>
            {
                if (count++ == number)
                {
                    wasAnswered = true;
                    await other.ClassifyAsync(name);
                }

                await send();
            };

            await poison.GiveUpAsync(name, etag);

            var result = await _uploads.ResultAsync(name, etag, TimeSpan.Zero);
            if (wasAnswered)
                Golden.AssertMatches(result);
            else
                AssertGivenUp(result);
        }

        // Only the last round, which nobody disturbed, wrote a failed one.
        Assert.Equal(1, poison.ResultsWritten);
        output.WriteLine($"{other.ResultsWritten} good results stayed");
        Assert.InRange(other.ResultsWritten, 3, int.MaxValue);
    }

    [Fact]
    public async Task GiveUp_WhileItIsClassifiedInAnyOrder_FirstResultStays()
    {
        await using var engine = new UploadEngine(azurite);
        var good = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var (name, etag) = await UploadAsync($"order-{seed}");
            var interleaving = new Interleaving(new Random(seed));
            engine.Intercept = interleaving.InterceptAsync;
            var before = engine.ResultsWritten;

            await interleaving.RunAsync(() => engine.ClassifyAsync(name), () => engine.GiveUpAsync(name, etag), () => engine.ClassifyAsync(name));

            Assert.True(engine.ResultsWritten - before == 1, $"Seed {seed}: written {engine.ResultsWritten - before} times");
            var result = await _uploads.ResultAsync(name, etag, TimeSpan.Zero);
            if (result.GetProperty("status").ValueEquals("succeeded"))
                good++;
            else
                AssertGivenUp(result);
        }

        output.WriteLine($"{Seeds} orders: {good} good results, {Seeds - good} given up");
        Assert.InRange(good, 1, Seeds - 1);
    }

    private static void AssertGivenUp(JsonElement result)
        => Assert.Equal("urn:classifier-functions:gave-up", result.GetProperty("error").GetProperty("type").GetString());

    private async Task<(string Name, string ETag)> UploadAsync(string name)
    {
        name = $"squeezenet/poison/{name}.jpg";
        return (name, await _uploads.UploadAsync(name, await File.ReadAllBytesAsync(Golden.Path)));
    }
}
