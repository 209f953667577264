using ClassifierFunctions.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClassifierFunctions.Results;

internal static class ResultsServices
{
    public static IServiceCollection AddResults(this IServiceCollection services)
    {
        services.AddValidatedOptions<AsyncOptions>(AsyncOptions.Section);
        services.AddSingleton(provider => new StorageConnection(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(provider => provider.GetRequiredService<StorageConnection>().CreateBlobServiceClient());
        return services.AddSingleton<ResultStore>();
    }
}
