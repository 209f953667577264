using ClassifierFunctions.EmbeddedHost.Functions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ClassifierFunctions.EmbeddedHost.Triggers;

internal static class TriggerServices
{
    public static IServiceCollection AddTriggers(this IServiceCollection services, IReadOnlyList<FunctionDescriptor> functions)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<StorageHealth>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<StorageTriggers>(provider, functions));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<TimerTriggers>(provider, functions));
        return services.AddHostedService<TriggerService>();
    }
}
