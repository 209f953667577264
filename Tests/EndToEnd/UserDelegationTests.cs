using System.Net;
using System.Web;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using ClassifierFunctions.EmbeddedHost.Azurite;
using ClassifierFunctions.Results;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Uploads;
using Microsoft.Extensions.Configuration;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>Upload URLs signed in the name of an identity: an Azurite of its own, over HTTPS and with OAuth, as a storage account is reached in Azure.</summary>
public sealed class UserDelegationTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly AzuritePorts _ports = AzuriteFixture.FreePorts();
    private readonly SelfSignedCertificate _certificate;
    private readonly HttpClient _http;
    private AzuriteProcess? _azurite;

    public UserDelegationTests()
    {
        _certificate = new SelfSignedCertificate(_folder);
        _http = new HttpClient(_certificate.TrustingHandler());
    }

    private Uri ServiceUri => new($"https://127.0.0.1:{_ports.Blob}/devstoreaccount1");

    public async Task InitializeAsync()
    {
        // Newer than the app's, which computes another signature for user delegation than the storage client of 2026 does, and is for older Node.js.
        var package = new AzuritePackage(Path.Combine(Repository.Root, "Tests", "EndToEnd", "Azurite"));
        if (!package.IsInstalled())
            await package.InstallAsync(CancellationToken.None);
        _azurite = await AzuriteProcess.StartAsync(
            package, Path.Combine(_folder.Path, "data"), _ports, CancellationToken.None,
            "--oauth", "basic", "--cert", _certificate.CertificatePath, "--key", _certificate.KeyPath);
    }

    public async Task DisposeAsync()
    {
        await _azurite!.DisposeAsync();
        _http.Dispose();
        _certificate.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("dog.jpg")]
    [InlineData("grün 猫 🐈 100%25 #1?x=1&y+z.jpg")]
    public async Task CreateAsync_Identity_GivesAUrlThatTakesOneUpload(string fileName)
    {
        var ticket = UploadTicket.Create("squeezenet", fileName, DateTimeOffset.UtcNow.AddMinutes(15));
        var url = await Urls().CreateAsync(ticket, CancellationToken.None);
        using var put = await _http.PutBlobAsync(url, [1, 2, 3]);
        using var again = await _http.PutBlobAsync(url, [4]);
        using var read = await _http.GetAsync(url);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (put.StatusCode, again.StatusCode, read.StatusCode));
        var blob = Service().GetBlobContainerClient("uploads").GetBlobClient(ticket.BlobName);
        Assert.Equal([1, 2, 3], (await blob.DownloadContentAsync()).Value.Content.ToArray());
        var query = HttpUtility.ParseQueryString(url.Query);
        Assert.Equal(("c", "https", "22222222-2222-2222-2222-222222222222"), (query["sp"], query["spr"], query["skoid"]));
    }

    [Fact]
    public async Task CreateAsync_Expired_IsRefused()
    {
        var url = await Urls().CreateAsync(UploadTicket.Create("squeezenet", "late.jpg", DateTimeOffset.UtcNow.AddSeconds(-5)), CancellationToken.None);
        using var put = await _http.PutBlobAsync(url, [1, 2, 3]);

        Assert.Equal(HttpStatusCode.Forbidden, put.StatusCode);
    }

    [Fact]
    public async Task CreateAsync_OtherBlob_IsRefused()
    {
        var url = await Urls().CreateAsync(UploadTicket.Create("squeezenet", "a.jpg", DateTimeOffset.UtcNow.AddMinutes(15)), CancellationToken.None);
        using var put = await _http.PutBlobAsync(new Uri(url.AbsoluteUri.Replace("a.jpg", "b.jpg", StringComparison.Ordinal)), [1, 2, 3]);

        Assert.Equal(HttpStatusCode.Forbidden, put.StatusCode);
    }

    private UploadUrls Urls()
    {
        var settings = new Dictionary<string, string?> { ["AzureWebJobsStorage:blobServiceUri"] = ServiceUri.AbsoluteUri };
        return new UploadUrls(new StorageConnection(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()), new(Service), TimeProvider.System);
    }

    private BlobServiceClient Service()
        => new(ServiceUri, new EntraToken(), new BlobClientOptions(BlobClientOptions.ServiceVersion.V2024_11_04)
        {
            Transport = new HttpClientTransport(_http),
            TrimBlobNameSlashes = false,
        });
}
