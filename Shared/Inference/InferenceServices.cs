using ClassifierFunctions.Configuration;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Inference;

internal static class InferenceServices
{
    public static IServiceCollection AddInference(this IServiceCollection services)
    {
        services.AddValidatedOptions<InferenceOptions>(InferenceOptions.Section);
        services.AddSingleton(provider => new InferenceQueue(
            provider.GetRequiredService<IOptions<InferenceOptions>>().Value, provider.GetRequiredService<TimeProvider>(), Environment.ProcessorCount));
        services.AddSingleton(provider => new SessionStore(
            provider.GetRequiredService<IOptions<InferenceOptions>>(),
            provider.GetRequiredService<IOptions<ModelsOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SessionStore>>()));
        services.AddSingleton<ModelWarmer>();
        services.AddHostedService(provider => provider.GetRequiredService<ModelWarmer>());
        services.AddSingleton(provider => new Readiness(
            provider.GetRequiredService<ModelCatalog>(),
            provider.GetRequiredService<SessionStore>(),
            provider.GetRequiredService<ModelWarmer>(),
            provider.GetRequiredService<IOptions<InferenceOptions>>()));
        return services.AddSingleton(provider => new ImageClassifier(
            provider.GetRequiredService<IImageDecoder>(),
            provider.GetRequiredService<DecodeMemory>(),
            provider.GetRequiredService<InferenceQueue>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ImageClassifier>>()));
    }
}
