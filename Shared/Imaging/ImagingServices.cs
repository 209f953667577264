using ClassifierFunctions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClassifierFunctions.Imaging;

internal static class ImagingServices
{
    public static IServiceCollection AddImaging(this IServiceCollection services)
    {
        services.AddValidatedOptions<LimitsOptions>(LimitsOptions.Section);
        services.AddSingleton<DecodeMemory>();
        return services.AddSingleton<IImageDecoder, FlavourDecoder>();
    }
}
