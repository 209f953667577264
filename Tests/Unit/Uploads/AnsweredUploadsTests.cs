using ClassifierFunctions.Uploads;
using FsCheck;
using FsCheck.Fluent;

namespace ClassifierFunctions.Tests.Unit.Uploads;

public sealed class AnsweredUploadsTests
{
    [Fact]
    public async Task FindAsync_NamesThatResultsSortOtherwise_FindsEach()
    {
        string[] uploads = ["a", "a b", "a-b", "a.json", "a.json.json", "a/b", "b"];

        Assert.Equal(uploads.Select(name => $"etag of {name}"), await FindAllAsync(uploads, uploads));
    }

    [Fact]
    public async Task FindAsync_AnyUploadsAndResults_FindsWhatADictionaryFinds()
    {
        // Few letters, on both sides of the full stop, so that names begin alike.
        var name = Gen.Elements('-', '.', 'a', 'é').NonEmptyListOf().Select(letters => string.Concat(letters.Take(6)));
        foreach (var (uploads, results) in Gen.Zip(name.ListOf(), name.ListOf()).Sample(300))
        {
            string[] asked = [.. uploads.Distinct().Order(StringComparer.Ordinal)];
            var expected = asked.Select(upload => results.Contains(upload) ? $"etag of {upload}" : null);

            Assert.Equal(expected, await FindAllAsync(asked, results.Distinct()));
        }
    }

    [Fact]
    public async Task FindAsync_ResultsOfDeletedUploads_AreNotRemembered()
    {
        var results = Enumerable.Range(0, 100_000).Select(i => $"{i:D6}");
        await using var answered = new AnsweredUploads(ListAsync(results));
        for (var i = 0; i < 100_000; i += 1000)
        {
            Assert.NotNull(await answered.FindAsync($"{i:D6}"));
            Assert.InRange(answered.Remembered, 0, 10_000);
        }
    }

    private static async Task<string?[]> FindAllAsync(IEnumerable<string> uploads, IEnumerable<string> results)
    {
        await using var answered = new AnsweredUploads(ListAsync(results));
        var found = new List<string?>();
        foreach (var upload in uploads)
            found.Add(await answered.FindAsync(upload));
        return [.. found];
    }

    // As the storage lists results.
    private static async IAsyncEnumerable<(string, string?)> ListAsync(IEnumerable<string> uploads)
    {
        await Task.Yield();
        foreach (var upload in uploads.OrderBy(upload => upload + ".json", StringComparer.Ordinal))
            yield return (upload, $"etag of {upload}");
    }
}
