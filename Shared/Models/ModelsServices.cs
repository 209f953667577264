using ClassifierFunctions.Configuration;
using ClassifierFunctions.Inference;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Models;

internal static class ModelsServices
{
    public static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.AddValidatedOptions<ModelsOptions>(ModelsOptions.Section);
        services.AddHostedService<ModelWatcher>();
        return services.AddSingleton(provider => new ModelCatalog(
            provider.GetRequiredService<IOptions<ModelsOptions>>(),
            provider.GetRequiredService<SessionStore>(),
            provider.GetRequiredService<IHostEnvironment>(),
            provider.GetRequiredService<ILogger<ModelCatalog>>()));
    }
}
