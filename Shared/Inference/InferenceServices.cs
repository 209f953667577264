using ClassifierFunctions.Configuration;
using ClassifierFunctions.Imaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Inference;

internal static class InferenceServices
{
    public static IServiceCollection AddInference(this IServiceCollection services)
    {
        services.AddValidatedOptions<InferenceOptions>(InferenceOptions.Section);
        services.AddSingleton<InferenceGate>();
        services.AddSingleton<Readiness>();
        return services.AddSingleton(provider => new ImageClassifier(
            provider.GetRequiredService<IImageDecoder>(),
            provider.GetRequiredService<DecodeMemory>(),
            provider.GetRequiredService<InferenceGate>(),
            provider.GetRequiredService<IOptions<InferenceOptions>>(),
            provider.GetRequiredService<ILogger<ImageClassifier>>()));
    }
}
