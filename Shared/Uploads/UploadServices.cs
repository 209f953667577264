using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace ClassifierFunctions.Uploads;

internal static class UploadServices
{
    public static IServiceCollection AddUploads(this IServiceCollection services)
        => services.AddSingleton<UploadClassifier>()
            .AddSingleton<UploadReconciler>()
            // Neither needs the storage before a request does: HTTP works without.
            .AddSingleton(provider => new Lazy<BlobServiceClient>(provider.GetRequiredService<BlobServiceClient>))
            .AddSingleton<UploadUrls>();
}
