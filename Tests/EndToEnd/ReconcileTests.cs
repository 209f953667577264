using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Uploads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>Uploads that no event tells of, in a real Azurite.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed class ReconcileTests(AzuriteFixture azurite)
{
    private readonly UploadContainer _uploads = new(azurite.Blobs());
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly string _folder = $"squeezenet/{Guid.NewGuid()}";

    [Fact]
    public async Task ReconcileAsync_UploadWithoutResult_ClassifiesItWhenItIsOldEnough()
    {
        using var app = Start();
        var etag = await _uploads.UploadAsync($"{_folder}/dog.jpg", await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")));

        await ReconcileAsync(app, after: TimeSpan.FromMinutes(4));
        Assert.Null(await _uploads.ResultETagAsync($"{_folder}/dog.jpg"));

        await ReconcileAsync(app, after: TimeSpan.FromMinutes(2));
        GoldenPhoto.Named("dog.jpg").AssertMatches(await _uploads.ResultAsync($"{_folder}/dog.jpg", etag));
    }

    [Fact]
    public async Task ReconcileAsync_ResultOfAnOlderVersion_IsReplaced()
    {
        using var app = Start();
        await _uploads.UploadAsync($"{_folder}/x.jpg", await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")));
        await ReconcileAsync(app, after: TimeSpan.FromMinutes(6));
        var etag = await _uploads.UploadAsync($"{_folder}/x.jpg", await File.ReadAllBytesAsync(TestData.Photo("toaster.jpg")));

        await ReconcileAsync(app, after: TimeSpan.FromMinutes(6));

        GoldenPhoto.Named("toaster.jpg").AssertMatches(await _uploads.ResultAsync($"{_folder}/x.jpg", etag));
    }

    [Fact]
    public async Task ReconcileAsync_EverythingAnswered_OnlyLists()
    {
        var requests = new StoragePolicy();
        using var app = Start(requests);
        foreach (var i in Enumerable.Range(0, 30))
            await _uploads.UploadAsync($"{_folder}/{i}.txt", "no image"u8.ToArray());
        await ReconcileAsync(app, after: TimeSpan.FromMinutes(6));
        var before = await _uploads.ResultETagAsync($"{_folder}/7.txt");
        requests.Seen.Clear();

        await ReconcileAsync(app, after: TimeSpan.FromMinutes(6));

        Assert.Equal(["GET results", "GET uploads"], requests.Seen.Order());
        Assert.Equal(before, await _uploads.ResultETagAsync($"{_folder}/7.txt"));
    }

    [Fact]
    public async Task ReconcileAsync_ModelThatCannotLoad_GivesUpAfterFiveRunsAndDoesTheOthers()
    {
        using var folder = new TemporaryFolder();
        folder.CopyModel(TestData.Squeezenet, "squeezenet");
        folder.CopyBrokenModel("broken");
        using var app = Start(models: folder.Path);
        var dog = await File.ReadAllBytesAsync(TestData.Photo("dog.jpg"));
        var name = $"broken/{Guid.NewGuid()}.jpg";
        var (broken, good) = (await _uploads.UploadAsync(name, dog), await _uploads.UploadAsync($"{_folder}/dog.jpg", dog));

        for (var run = 1; run <= UploadReconciler.MaxTries; run++)
        {
            await ReconcileAsync(app, after: TimeSpan.FromMinutes(6));
            Assert.Null(await _uploads.ResultETagAsync(name));
        }

        GoldenPhoto.Named("dog.jpg").AssertMatches(await _uploads.ResultAsync($"{_folder}/dog.jpg", good));
        await ReconcileAsync(app, after: TimeSpan.FromMinutes(6));
        var result = await _uploads.ResultAsync(name, broken);
        Assert.Equal("urn:classifier-functions:gave-up", result.GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task ReconcileAsync_StorageTakesNoResultsForLong_ClassifiesWhenItDoes()
    {
        var storage = new StoragePolicy();
        using var app = Start(storage);
        var etag = await _uploads.UploadAsync($"{_folder}/dog.jpg", await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")));
        storage.Fault = request => request.Method == RequestMethod.Put ? (503, "ServerBusy") : null;
        for (var run = 0; run < 2 * UploadReconciler.MaxTries; run++)
            await ReconcileAsync(app, after: TimeSpan.FromMinutes(6));
        storage.Fault = _ => null;

        await ReconcileAsync(app, after: TimeSpan.FromMinutes(6));

        GoldenPhoto.Named("dog.jpg").AssertMatches(await _uploads.ResultAsync($"{_folder}/dog.jpg", etag));
    }

    [Fact]
    public async Task ReconcileAsync_FaultsInARow_EndTheRun()
    {
        var storage = new StoragePolicy();
        using var app = Start(storage);
        var etags = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => _uploads.UploadAsync($"{_folder}/{i}.txt", "no image"u8.ToArray())));
        storage.Fault = request => request.Method == RequestMethod.Put ? (503, "ServerBusy") : null;

        await Assert.ThrowsAsync<RequestFailedException>(() => ReconcileAsync(app, after: TimeSpan.FromMinutes(6)));

        Assert.Equal(5, storage.Seen.Count(request => request == "PUT results"));
        storage.Fault = _ => null;
        await ReconcileAsync(app, after: TimeSpan.FromMinutes(6));
        for (var i = 0; i < etags.Length; i++)
            await _uploads.ResultAsync($"{_folder}/{i}.txt", etags[i]);
    }

    [Fact]
    public async Task ReconcileAsync_OneUploadThatStorageFailsFor_IsGivenUpAndHoldsUpNoOther()
    {
        var storage = new StoragePolicy { Fault = request => request.Method == RequestMethod.Get && request.Uri.Path.EndsWith("/bad.jpg", StringComparison.Ordinal) ? (500, "InternalError") : null };
        using var app = Start(storage);
        var dog = await File.ReadAllBytesAsync(TestData.Photo("dog.jpg"));
        var (bad, good) = (await _uploads.UploadAsync($"{_folder}/bad.jpg", dog), await _uploads.UploadAsync($"{_folder}/good.jpg", dog));
        for (var run = 0; run <= UploadReconciler.MaxTries; run++)
            await ReconcileAsync(app, after: TimeSpan.FromMinutes(6));

        GoldenPhoto.Named("dog.jpg").AssertMatches(await _uploads.ResultAsync($"{_folder}/good.jpg", good));
        Assert.Equal("urn:classifier-functions:gave-up", (await _uploads.ResultAsync($"{_folder}/bad.jpg", bad)).GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task ClassifyAsync_UploadEncryptedWithAKeyOfItsUploader_FailsAtOnce()
    {
        // Azure's answer to all that asks for the blob itself without the key; the emulator has no such keys.
        var storage = new StoragePolicy
        {
            Fault = request => request.Uri.Path.EndsWith("/secret.jpg", StringComparison.Ordinal) ? (409, "BlobUsesCustomerSpecifiedEncryption") : null,
        };
        using var app = Start(storage);
        var etag = await _uploads.UploadAsync($"{_folder}/secret.jpg", await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")));
        var upload = app.Services.GetRequiredService<BlobServiceClient>().GetBlobContainerClient("uploads").GetBlobClient($"{_folder}/secret.jpg");

        await app.Services.GetRequiredService<UploadClassifier>().ClassifyAsync(upload, CancellationToken.None);

        Assert.Equal("urn:classifier-functions:unreadable-blob", (await _uploads.ResultAsync($"{_folder}/secret.jpg", etag)).GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task ReconcileAsync_NoContainersYet_HasNothingToDo()
    {
        var fresh = new AzuriteFixture();
        try
        {
            await fresh.InitializeAsync();
            using var app = InProcessApp.Start(fresh.ConnectionString, _time);
            await ReconcileAsync(app, after: TimeSpan.Zero);
            Assert.Empty(fresh.Blobs().GetBlobContainers());
        }
        finally
        {
            await fresh.DisposeAsync();
        }
    }

    private IHost Start(HttpPipelinePolicy? policy = null, string? models = null)
        => InProcessApp.Start(azurite.ConnectionString, _time, models, policy);

    private Task ReconcileAsync(IHost app, TimeSpan after)
    {
        _time.Advance(after);
        return app.Services.GetRequiredService<UploadReconciler>().ReconcileAsync(CancellationToken.None);
    }
}
