using Azure.Storage.Blobs;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using ClassifierFunctions.Uploads;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Http;

internal static class HttpServices
{
    public static IServiceCollection AddHttp(this IServiceCollection services)
    {
        services.AddSingleton<ImageRequestReader>();
        services.AddSingleton(provider => new ClassifyEndpoint(
            provider.GetRequiredService<ModelCatalog>(), provider.GetRequiredService<ImageClassifier>(), provider.GetRequiredService<ImageRequestReader>()));

        services.AddSingleton<StorageAccess>();
        services.AddSingleton<ResultAddress>();
        services.AddSingleton(provider => new UploadsEndpoint(
            provider.GetRequiredService<ModelCatalog>(), provider.GetRequiredService<UploadUrls>(), provider.GetRequiredService<StorageAccess>(),
            provider.GetRequiredService<ResultAddress>(), provider.GetRequiredService<IOptions<AsyncOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ResultsEndpoint(
            provider.GetRequiredService<StorageConnection>(), provider.GetRequiredService<Lazy<BlobServiceClient>>(), new Lazy<ResultStore>(provider.GetRequiredService<ResultStore>),
            provider.GetRequiredService<StorageAccess>(), provider.GetRequiredService<TimeProvider>()));

        // Kestrel's own limit of 30,000,000 bytes surfaces as 500 behind the Functions host; ours, checked first, as 413. Kestrel still has to read
        // the rest of a refused body, because a proxy in front sends all of it before it looks at the answer: hence twice as much.
        services.AddOptions<KestrelServerOptions>()
            .Configure<IOptions<LimitsOptions>>((kestrel, limits) => kestrel.Limits.MaxRequestBodySize = 2 * limits.Value.MaxRequestBytes);
        return services;
    }
}
