using ClassifierFunctions.Imaging;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
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

        // Kestrel's own limit of 30,000,000 bytes surfaces as 500 behind the Functions host; ours, checked first, as 413.
        services.AddOptions<KestrelServerOptions>()
            .Configure<IOptions<LimitsOptions>>((kestrel, limits) => kestrel.Limits.MaxRequestBodySize = limits.Value.MaxRequestBytes);
        return services;
    }
}
