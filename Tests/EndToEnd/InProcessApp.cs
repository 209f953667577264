using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using ClassifierFunctions.Configuration;
using ClassifierFunctions.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>The app's services in the test's process, on a real storage emulator: one instance of the app that no trigger calls.</summary>
internal static class InProcessApp
{
    /// <param name="connectionString">Storage.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <param name="models">Folder of models; the test data's by default.</param>
    /// <param name="policy">Sees every request to the storage.</param>
    /// <param name="log">Receives what is logged.</param>
    public static IHost Start(string connectionString, TimeProvider? time = null, string? models = null, HttpPipelinePolicy? policy = null, ILoggerProvider? log = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = connectionString,
            ["Models:Path"] = models ?? TestData.Folder,
            ["Models:Default"] = models is null ? "squeezenet" : null,
        };
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings);
        if (log is not null)
            builder.Logging.AddProvider(log);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddClassifier();
        if (policy is not null)
            builder.Services.AddSingleton(Blobs(connectionString, policy));
        return builder.Build();
    }

    private static BlobServiceClient Blobs(string connectionString, HttpPipelinePolicy policy)
    {
        var options = new BlobClientOptions(BlobClientOptions.ServiceVersion.V2024_11_04) { TrimBlobNameSlashes = false };
        options.Retry.MaxRetries = 0;
        options.AddPolicy(policy, HttpPipelinePosition.PerCall);
        return new BlobServiceClient(connectionString, options);
    }
}
