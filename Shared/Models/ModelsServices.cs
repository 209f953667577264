using ClassifierFunctions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClassifierFunctions.Models;

internal static class ModelsServices
{
    public static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.AddValidatedOptions<ModelsOptions>(ModelsOptions.Section);
        return services.AddSingleton<ModelCatalog>();
    }
}
