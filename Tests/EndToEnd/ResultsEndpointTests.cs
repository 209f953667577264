using System.Net;
using System.Net.Sockets;
using Azure.Storage.Blobs.Models;
using ClassifierFunctions.EmbeddedHost.Azurite;
using ClassifierFunctions.Http;
using ClassifierFunctions.Results;
using ClassifierFunctions.Uploads;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>States of an upload that pass too quickly in the running app: no triggers here, and a clock that stands still.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed class ResultsEndpointTests(AzuriteFixture azurite)
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task GetAsync_Uploaded_IsPendingAlsoAfterTheUrlsEnd()
    {
        var ticket = UploadTicket.Create("squeezenet", "cat.jpg", _time.GetUtcNow().AddMinutes(5));
        var endpoint = Endpoint(azurite.ConnectionString);
        Assert.Equal(new PendingResult(ticket.Id, "pending", Uploaded: false), await PendingAsync(endpoint, ticket));

        await new UploadContainer(azurite.Blobs()).UploadAsync(ticket.BlobName, [1]);
        Assert.Equal(new PendingResult(ticket.Id, "pending", Uploaded: true), await PendingAsync(endpoint, ticket));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(new PendingResult(ticket.Id, "pending", Uploaded: true), await PendingAsync(endpoint, ticket));
        await new UploadContainer(azurite.Blobs()).DeleteAsync(ticket.BlobName);
    }

    [Fact]
    public async Task GetAsync_NeverUploaded_IsUnknownFromTheUrlsEndOn()
    {
        var ticket = UploadTicket.Create("squeezenet", "cat.jpg", _time.GetUtcNow().AddMinutes(5));
        var endpoint = Endpoint(azurite.ConnectionString);
        _time.SetUtcNow(ticket.ExpiresOn.AddSeconds(-1));
        Assert.False((await PendingAsync(endpoint, ticket)).Uploaded);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(ClassifierError.UnknownResult, (await Assert.ThrowsAsync<ClassifierException>(() => PendingAsync(endpoint, ticket))).Error);
    }

    [Fact]
    public async Task GetAsync_NothingListens_IsStorageUnavailable()
    {
        var endpoint = Endpoint(AzuriteFixture.FreePorts().ConnectionString);
        var failure = await Assert.ThrowsAsync<ClassifierException>(() => PendingAsync(endpoint, UploadTicket.Create("squeezenet", "cat.jpg", _time.GetUtcNow())));

        Assert.Equal((ClassifierError.StorageUnavailable, true), (failure.Error, failure.IsTransient));
    }

    [Fact]
    public async Task GetAsync_StorageDoesNotAnswer_IsStorageUnavailableAfterTenSeconds()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var endpoint = Endpoint(new AzuritePorts(Blob: ((IPEndPoint)silent.LocalEndpoint).Port).ConnectionString);
        var pending = PendingAsync(endpoint, UploadTicket.Create("squeezenet", "cat.jpg", _time.GetUtcNow()));
        using var connection = await silent.AcceptTcpClientAsync();
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(ClassifierError.StorageUnavailable, (await Assert.ThrowsAsync<ClassifierException>(() => pending)).Error);
    }

    [Fact]
    public async Task GetAsync_ArchivedResult_IsSaid()
    {
        var ticket = UploadTicket.Create("squeezenet", "archived.jpg", _time.GetUtcNow().AddMinutes(5));
        var results = azurite.Blobs().GetBlobContainerClient("results");
        await results.CreateIfNotExistsAsync();
        await results.GetBlobClient($"{ticket.BlobName}.json").UploadAsync(BinaryData.FromString("{}"), new BlobUploadOptions { AccessTier = AccessTier.Archive });

        Assert.Equal(ClassifierError.UnreadableBlob, (await Assert.ThrowsAsync<ClassifierException>(() => PendingAsync(Endpoint(azurite.ConnectionString), ticket))).Error);
    }

    [Fact]
    public async Task GetAsync_EndFurtherAwayThanAnyUrls_IsUnknown()
    {
        var ticket = UploadTicket.Create("squeezenet", "cat.jpg", _time.GetUtcNow().AddMinutes(24 * 60 + 1));

        Assert.Equal(ClassifierError.UnknownResult, (await Assert.ThrowsAsync<ClassifierException>(() => PendingAsync(Endpoint(azurite.ConnectionString), ticket))).Error);
    }

    private static async Task<PendingResult> PendingAsync(ResultsEndpoint endpoint, UploadTicket ticket)
        => Assert.IsType<JsonHttpResult<PendingResult>>(await endpoint.GetAsync(new DefaultHttpContext().Request, ticket.Id, CancellationToken.None)).Value!;

    private ResultsEndpoint Endpoint(string connectionString)
    {
        var storage = new StorageConnection(new ConfigurationBuilder().AddInMemoryCollection([new("AzureWebJobsStorage", connectionString)]).Build());
        var blobs = storage.CreateBlobServiceClient();
        var results = new ResultStore(blobs, Options.Create(new AsyncOptions()));
        return new ResultsEndpoint(storage, new(blobs), new(results), new StorageAccess(_time, NullLogger<StorageAccess>.Instance), _time);
    }
}
