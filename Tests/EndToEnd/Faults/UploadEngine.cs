using Azure.Core;
using Azure.Storage.Blobs;
using ClassifierFunctions.Configuration;
using ClassifierFunctions.Results;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Uploads;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace ClassifierFunctions.Tests.EndToEnd.Faults;

/// <summary>
/// The app's engine and asynchronous path without a host: one instance of the app, whose functions a test calls itself and whose requests to the
/// storage it intercepts.
/// </summary>
internal sealed class UploadEngine : IAsyncDisposable
{
    /// <summary>Limit of an upload here, so that one above it is quickly made.</summary>
    public const int MaxImageBytes = 300_000;

    private readonly ServiceProvider _services;
    private readonly BlobContainerClient _uploads;
    private int _resultsWritten;

    public UploadEngine(AzuriteFixture azurite, Interception? intercept = null)
    {
        Intercept = intercept ?? ((_, send) => send());
        var options = new BlobClientOptions(BlobClientOptions.ServiceVersion.V2024_11_04)
        {
            TrimBlobNameSlashes = false,
            Transport = new InterceptedTransport(ObserveAsync),
        };
        StorageConnection.Apply(options);
        options.Retry.Delay = options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        var storage = new BlobServiceClient(azurite.ConnectionString, options);
        _uploads = storage.GetBlobContainerClient(AsyncOptions.Uploads);
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Models:Path"] = TestData.Folder,
                ["Models:Default"] = "squeezenet",
                ["Limits:MaxImageBytes"] = $"{MaxImageBytes}",
            }).Build())
            .AddSingleton<IHostEnvironment>(new HostingEnvironment { ContentRootPath = TestData.Folder })
            .AddClassifier()
            .AddSingleton(storage)
            .BuildServiceProvider();
    }

    /// <summary>What happens to each request from now on.</summary>
    public Interception Intercept { get; set; }

    /// <summary>Results that the storage accepted, whether or not the answer arrived.</summary>
    public int ResultsWritten => Volatile.Read(ref _resultsWritten);

    /// <summary>What the function ClassifyUpload does, without its pause after a fault of the storage.</summary>
    public Task ClassifyAsync(string name) => Classifier.ClassifyAsync(_uploads.GetBlobClient(name), CancellationToken.None);

    /// <summary>What the function FailPoisonedUpload does.</summary>
    public Task GiveUpAsync(string name, string etag) => Classifier.GiveUpAsync(_uploads.GetBlobClient(name), etag, CancellationToken.None);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private UploadClassifier Classifier => _services.GetRequiredService<UploadClassifier>();

    private async ValueTask ObserveAsync(HttpMessage message, Func<ValueTask> send)
        => await Intercept(message, async () =>
        {
            await send();
            if (message.Request.Method == RequestMethod.Put && message.Response.Status == 201 && message.Request.Uri.Path.EndsWith(".json", StringComparison.Ordinal))
                Interlocked.Increment(ref _resultsWritten);
        });
}
