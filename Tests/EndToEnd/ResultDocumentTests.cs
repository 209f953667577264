using System.Text.RegularExpressions;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>What docs/results.md says of the results, of those that the real app writes to a real Azurite.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed partial class ResultDocumentTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly UploadContainer _uploads = new(azurite.Blobs());
    private AppProcess? _app;

    public async Task InitializeAsync()
        => _app = await AppProcess.StartAsync(new()
        {
            ["Models__Path"] = TestData.Folder,
            ["Models__Default"] = "squeezenet",
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
        });

    public async Task DisposeAsync() => await _app!.DisposeAsync();

    [Fact]
    public async Task Results_OfRealUploads_AreAsTheSchemaSays()
    {
        var text = "hello"u8.ToArray();
        (string Name, byte[] Bytes)[] files =
        [
            ("squeezenet/schema/photo ü.jpg", await File.ReadAllBytesAsync(TestData.Photo("dog.jpg"))),
            ("schema-default.png", await File.ReadAllBytesAsync(TestData.Photo("kitten.png"))),
            ("squeezenet/schema/text.jpg", text),
            ("squeezenet/schema/empty.jpg", []),
            ("no-such-model/schema/text.jpg", text),
        ];
        var results = await Task.WhenAll(files.Select(async file => await _uploads.ResultAsync(file.Name, await _uploads.UploadAsync(file.Name, file.Bytes))));

        Assert.Equal(["succeeded", "succeeded", "failed", "failed", "failed"], results.Select(result => result.GetProperty("status").GetString()));
        await ResultSchema.AssertValidAsync([.. results.Select(result => result.GetRawText())]);
    }

    [Fact]
    public async Task Tags_ExpressionOfTheDocs_FindsTheResults()
    {
        var documented = Expression().Match(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "results.md"))).Value;
        var expression = documented.Replace("'cat'", "'golden retriever'", StringComparison.Ordinal);
        Assert.NotEqual(documented, expression);
        const string Dog = "squeezenet/tags/dog.jpg";
        foreach (var (name, photo) in new[] { (Dog, "dog.jpg"), ("squeezenet/tags/toaster.jpg", "toaster.jpg"), ("squeezenet/tags/kitten.png", "kitten.png") })
            await _uploads.ResultAsync(name, await _uploads.UploadAsync(name, await File.ReadAllBytesAsync(TestData.Photo(photo))));

        Assert.Contains(Dog + ".json", await FindAsync(expression));
        // The score is 0.994: text order is number order, as all scores have four decimals.
        Assert.Contains(Dog + ".json", await FindAsync(expression.Replace("0.9", "0.99", StringComparison.Ordinal)));
        Assert.DoesNotContain(Dog + ".json", await FindAsync(expression.Replace("0.9", "0.999", StringComparison.Ordinal)));
        string[] others = ["squeezenet/tags/toaster.jpg.json", "squeezenet/tags/kitten.png.json"];
        Assert.Empty((await FindAsync(expression)).Intersect(others));
    }

    private async Task<string[]> FindAsync(string expression)
    {
        var results = azurite.Blobs().GetBlobContainerClient("results");
        var names = new List<string>();
        await foreach (var blob in results.FindBlobsByTagsAsync(expression))
            names.Add(blob.BlobName);
        return [.. names];
    }

    [GeneratedRegex("\"label\" = 'cat' AND \"score\" > '0\\.9'")]
    private static partial Regex Expression();
}
