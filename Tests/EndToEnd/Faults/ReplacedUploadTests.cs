using System.Text;
using System.Text.Json;
using ClassifierFunctions.Tests.Support;
using Xunit.Abstractions;

namespace ClassifierFunctions.Tests.EndToEnd.Faults;

/// <summary>An upload is replaced or deleted while its old version is being answered, before each of the requests that this takes.</summary>
[Collection(nameof(FaultsCollection))]
public sealed class ReplacedUploadTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    // Far more than an answer takes; a loop that never ends would be one.
    private const int MaxRequests = 40;

    private static readonly GoldenPhoto Old = GoldenPhoto.Named("dog.jpg");
    private static readonly GoldenPhoto New = GoldenPhoto.Named("toaster.jpg");

    private readonly UploadContainer _uploads = new(azurite.Blobs());

    /// <summary>What becomes of the old version.</summary>
    public enum Fate
    {
        Succeeds,
        IsUnreadable,
        HasNoModel,
        HasTooManyBytes,
        IsGivenUp,
    }

    public static TheoryData<Fate, bool, bool> Cases
    {
        get
        {
            var cases = new TheoryData<Fate, bool, bool>();
            foreach (var fate in Enum.GetValues<Fate>())
            {
                foreach (var hasEarlierResult in new[] { false, true })
                {
                    cases.Add(fate, hasEarlierResult, false);
                    cases.Add(fate, hasEarlierResult, true);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Answer_ReplacedBeforeAnyRequest_ResultIsOfTheNewest(Fate fate, bool hasEarlierResult, bool isNewAnsweredMeanwhile)
    {
        await using var late = new UploadEngine(azurite);
        await using var other = new UploadEngine(azurite);
        var requests = 0;
        for (var wasReplaced = true; wasReplaced; requests++)
        {
            Assert.InRange(requests, 0, MaxRequests);
            var name = $"{(fate is Fate.HasNoModel ? "nomodel" : "squeezenet")}/replaced/{fate}-{hasEarlierResult}-{isNewAnsweredMeanwhile}-{requests}.jpg";
            if (hasEarlierResult)
            {
                await _uploads.UploadAsync(name, "not an image"u8.ToArray());
                await other.ClassifyAsync(name);
            }

            var etag = await _uploads.UploadAsync(name, await OldBytesAsync(fate));
            wasReplaced = false;
            InterceptBefore(late, requests, async () =>
            {
                wasReplaced = true;
                etag = await _uploads.UploadAsync(name, await File.ReadAllBytesAsync(New.Path));
                if (isNewAnsweredMeanwhile)
                    await other.ClassifyAsync(name);
            });

            await (fate is Fate.IsGivenUp ? late.GiveUpAsync(name, etag) : late.ClassifyAsync(name));
            // The new version has its own event, now if not before.
            if (!isNewAnsweredMeanwhile)
                await other.ClassifyAsync(name);

            var result = (await _uploads.CurrentResultAsync(name))!.Value;
            Assert.True(result.GetProperty("source").GetProperty("etag").GetString() == etag, $"Replaced before request {requests}: the result is of an old version.");
            AssertIsOf(wasReplaced ? Fate.Succeeds : fate, wasReplaced ? New : Old, fate, result);
        }

        output.WriteLine($"{requests - 1} requests");
        Assert.InRange(requests, 3, MaxRequests);
    }

    [Theory]
    [InlineData(Fate.Succeeds)]
    [InlineData(Fate.HasTooManyBytes)]
    [InlineData(Fate.IsGivenUp)]
    public async Task Answer_DeletedBeforeAnyRequest_EndsInPeace(Fate fate)
    {
        await using var engine = new UploadEngine(azurite);
        for (var (requests, wasDeleted) = (0, true); wasDeleted; requests++)
        {
            var name = $"squeezenet/deleted/{fate}-{requests}.jpg";
            var etag = await _uploads.UploadAsync(name, await OldBytesAsync(fate));
            wasDeleted = false;
            InterceptBefore(engine, requests, () =>
            {
                wasDeleted = true;
                return _uploads.DeleteAsync(name);
            });

            await (fate is Fate.IsGivenUp ? engine.GiveUpAsync(name, etag) : engine.ClassifyAsync(name));

            if (await _uploads.CurrentResultAsync(name) is { } result)
                Assert.Equal(etag, result.GetProperty("source").GetProperty("etag").GetString());
            else
                Assert.True(wasDeleted);
        }
    }

    private static async Task<byte[]> OldBytesAsync(Fate fate) => fate switch
    {
        Fate.IsUnreadable => Encoding.ASCII.GetBytes("no image either"),
        Fate.HasTooManyBytes => new byte[UploadEngine.MaxImageBytes + 1],
        _ => await File.ReadAllBytesAsync(Old.Path),
    };

    // Once, before the request of that number; requests of the action itself are not counted.
    private static void InterceptBefore(UploadEngine engine, int number, Func<Task> action)
    {
        var count = 0;
        engine.Intercept = async (_, send) =>
        {
            if (count++ == number)
                await action();
            await send();
        };
    }

    private static void AssertIsOf(Fate outcome, GoldenPhoto photo, Fate model, JsonElement result)
    {
        var expected = model is Fate.HasNoModel ? "unknown-model" : outcome switch
        {
            Fate.IsUnreadable => "unsupported-image",
            Fate.HasTooManyBytes => "too-many-bytes",
            Fate.IsGivenUp => "gave-up",
            _ => null,
        };
        if (expected is null)
            photo.AssertMatches(result);
        else
            Assert.Equal("urn:classifier-functions:" + expected, result.GetProperty("error").GetProperty("type").GetString());
    }
}
