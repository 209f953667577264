using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ClassifierFunctions.Tests.Support;
using Xunit.Abstractions;

namespace ClassifierFunctions.Tests.EndToEnd.Faults;

/// <summary>Uploads of unusual size, kind, name and life.</summary>
public sealed class OddUploadTests(AzuriteFixture azurite, ITestOutputHelper output) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private const int MaxImageBytes = 20_000_000;
    private const int UploadsAtOnce = 4;

    // Each of the four in work has a pooled buffer of the next power of two; then the storage client's, and the decoder's.
    private const long MaxMemoryGrowth = (UploadsAtOnce * (32L << 20)) + (96L << 20);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);
    private static readonly GoldenPhoto Dog = GoldenPhoto.Named("dog.jpg");
    private static readonly GoldenPhoto Toaster = GoldenPhoto.Named("toaster.jpg");

    private readonly UploadContainer _uploads = new(azurite.Blobs());
    private readonly BlobContainerClient _blobs = azurite.Blobs().GetBlobContainerClient("uploads");
    private readonly TriggerQueues _queues = new(azurite);
    private AppProcess? _app;

    private AppProcess App => _app!;

    public async Task InitializeAsync()
    {
        await _blobs.CreateIfNotExistsAsync();
        _app = await AppProcess.StartAsync(new()
        {
            ["Models__Path"] = TestData.Folder,
            ["Models__Default"] = "squeezenet",
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
        });
    }

    public async Task DisposeAsync() => await App.DisposeAsync();

    [Fact]
    public async Task Upload_LargestAndLarger_IsReadUpToTheLimitInBoundedMemory()
    {
        var etag = await _uploads.UploadAsync("squeezenet/large/first.jpg", await File.ReadAllBytesAsync(Dog.Path));
        await _uploads.ResultAsync("squeezenet/large/first.jpg", etag);
        var (idle, _) = App.Memory();
        App.ResetPeakMemory();

        // A JPEG file ends with its picture; what follows is not looked at.
        var largest = await PaddedAsync(Dog, MaxImageBytes);
        var uploads = new List<(string Name, string ETag)>();
        for (var i = 0; i < 2 * UploadsAtOnce; i++)
        {
            uploads.Add(await UploadAsync($"largest-{i}", largest));
            uploads.Add(await UploadAsync($"larger-{i}", new byte[MaxImageBytes + 1]));
        }

        uploads.Add(await UploadAsync("larger-by-far", new byte[8 * MaxImageBytes]));
        uploads.Add(await UploadAsync("empty", []));
        foreach (var (name, version) in uploads)
        {
            var result = await _uploads.ResultAsync(name, version, Timeout);
            if (name.Contains("largest", StringComparison.Ordinal))
                Dog.AssertMatches(result);
            else
                Assert.Equal(name.Contains("larger", StringComparison.Ordinal) ? 413 : 400, result.GetProperty("error").GetProperty("status").GetInt32());
        }

        var (_, peak) = App.Memory();
        output.WriteLine($"{uploads.Count} uploads; resident memory {idle >> 20} MiB before, {peak >> 20} MiB at most");
        Assert.InRange(peak - idle, 0, MaxMemoryGrowth);

        async Task<(string Name, string ETag)> UploadAsync(string name, byte[] bytes)
            => ($"squeezenet/large/{name}", await _uploads.UploadAsync($"squeezenet/large/{name}", bytes));
    }

    [Fact]
    public async Task Upload_EveryKindOfBlob_HasTheResultOfItsLastVersion()
    {
        var bytes = await File.ReadAllBytesAsync(Dog.Path);
        var append = _blobs.GetAppendBlobClient("squeezenet/kinds/append.jpg");
        await append.CreateAsync();
        await append.AppendBlockAsync(new MemoryStream(bytes[..50_000]));
        BlobAppendInfo appended = await append.AppendBlockAsync(new MemoryStream(bytes[50_000..]));
        var padded = await PaddedAsync(Toaster, 512 * 256);
        var page = _blobs.GetPageBlobClient("squeezenet/kinds/page.jpg");
        await page.CreateAsync(padded.Length);
        PageInfo written = await page.UploadPagesAsync(new MemoryStream(padded), 0);
        var block = _blobs.GetBlockBlobClient("squeezenet/kinds/blocks.jpg");
        var id = Convert.ToBase64String("1"u8);
        await block.StageBlockAsync(id, new MemoryStream(bytes));
        BlobContentInfo committed = await block.CommitBlockListAsync([id]);
        // A snapshot is no upload.
        await block.CreateSnapshotAsync();

        Dog.AssertMatches(await _uploads.ResultAsync(append.Name, Text(appended.ETag)));
        Toaster.AssertMatches(await _uploads.ResultAsync(page.Name, Text(written.ETag)));
        Dog.AssertMatches(await _uploads.ResultAsync(block.Name, Text(committed.ETag)));
        await _queues.AssertAllHandledAsync(Timeout);

        static string Text(Azure.ETag etag) => etag.ToString("H").Trim('"');
    }

    [Theory]
    [InlineData("squeezenet//double//slash.jpg")]
    [InlineData("squeezenet/ spaces . jpg ")]
    [InlineData("squeezenet/two\nlines.jpg")]
    [InlineData("squeezenet/🐶 é́.jpg")]
    [InlineData("squeezenet/<a href='x'>&amp;\"quoted\";{0}.jpg")]
    [InlineData("squeezenet/%2e%2e%2Fx%00.jpg")]
    [InlineData("squeezenet/x.jpg.json")]
    [InlineData("squeezenet")]
    [InlineData("$web")]
    public async Task Upload_OddName_HasItsResultAtTheSameName(string name)
    {
        var etag = await _uploads.UploadAsync(name, await File.ReadAllBytesAsync(Toaster.Path));
        var result = await _uploads.ResultAsync(name, etag);

        Assert.Equal(name, result.GetProperty("source").GetProperty("name").GetString());
        Toaster.AssertMatches(result);
    }

    [Fact]
    public async Task Upload_LongName_HasItsResultAtTheSameName()
    {
        // With .json, 1,024: the longest name of a blob.
        var name = "squeezenet/" + new string('x', 1019 - "squeezenet/".Length);
        var etag = await _uploads.UploadAsync(name, await File.ReadAllBytesAsync(Toaster.Path));

        Toaster.AssertMatches(await _uploads.ResultAsync(name, etag));
    }

    [Fact]
    public async Task Upload_ToTheArchiveTier_FailsAtOnce()
    {
        var options = new BlobUploadOptions { AccessTier = AccessTier.Archive };
        BlobContentInfo uploaded = await azurite.Blobs().GetBlobContainerClient("uploads").GetBlobClient("squeezenet/archived.jpg")
            .UploadAsync(BinaryData.FromBytes(await File.ReadAllBytesAsync(Toaster.Path)), options);
        var result = await _uploads.ResultAsync("squeezenet/archived.jpg", uploaded.ETag.ToString("H").Trim('"'));

        Assert.Equal("urn:classifier-functions:unreadable-blob", result.GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(0, App.Count("failed, try"));
    }

    [Fact]
    public async Task Upload_NameTooLongForAResult_IsSaidAndNotTriedAgain()
    {
        var name = "squeezenet/" + new string('y', 1020 - "squeezenet/".Length);
        await _uploads.UploadAsync(name, await File.ReadAllBytesAsync(Toaster.Path));

        await Eventually.HoldsAsync(() => Task.FromResult(App.Count("has more than 1019 characters") == 1), Timeout, "The log of the long name");
        await _queues.AssertAllHandledAsync(Timeout);
        Assert.Equal(0, App.Count("failed, try"));
    }

    [Fact]
    public async Task Event_BlobDeletedOrReplacedSince_EndsWithoutAResult()
    {
        await _queues.SendAsync(TriggerQueues.Events, "squeezenet/gone.jpg", "0x8D0000000000000");
        var etag = await _uploads.UploadAsync("squeezenet/replaced.jpg", await File.ReadAllBytesAsync(Dog.Path));
        await _queues.SendAsync(TriggerQueues.Events, "squeezenet/replaced.jpg", "0x8D0000000000000");

        Dog.AssertMatches(await _uploads.ResultAsync("squeezenet/replaced.jpg", etag));
        await _queues.AssertAllHandledAsync(Timeout);
        Assert.Null(await _uploads.CurrentResultAsync("squeezenet/gone.jpg"));
        Assert.Equal(0, App.Count("failed, try"));
    }

    [Fact]
    public async Task PoisonMessage_UploadAnsweredReplacedOrGone_ChangesNothing()
    {
        var etag = await _uploads.UploadAsync("squeezenet/answered.jpg", await File.ReadAllBytesAsync(Dog.Path));
        await _uploads.ResultAsync("squeezenet/answered.jpg", etag);
        var before = await _uploads.ResultETagAsync("squeezenet/answered.jpg");
        foreach (var (name, version) in new[] { ("answered", etag), ("answered", "0x8D0000000000000"), ("gone", etag) })
            await _queues.SendAsync("webjobs-blobtrigger-poison", $"squeezenet/{name}.jpg", version);

        await _queues.WaitUntilEmptyAsync("webjobs-blobtrigger-poison", Timeout);
        await _queues.AssertAllHandledAsync(Timeout);
        Assert.Equal(before, await _uploads.ResultETagAsync("squeezenet/answered.jpg"));
        Assert.Null(await _uploads.CurrentResultAsync("squeezenet/gone.jpg"));
    }

    private static async Task<byte[]> PaddedAsync(GoldenPhoto photo, int length)
    {
        var bytes = await File.ReadAllBytesAsync(photo.Path);
        Array.Resize(ref bytes, length);
        return bytes;
    }
}
