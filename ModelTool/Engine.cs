using ClassifierFunctions.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.ModelTool;

/// <summary>The app's engine without a host. Settings are the app's, from environment variables.</summary>
internal static class Engine
{
    /// <param name="overrides">Settings that this program decides.</param>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static ServiceProvider Build(params IEnumerable<KeyValuePair<string, string?>> overrides)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddEnvironmentVariables().AddInMemoryCollection(overrides).Build())
            .AddClassifier()
            .BuildServiceProvider();
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return services;
        }
        catch (AggregateException several)
        {
            throw several.InnerExceptions[0];
        }
    }
}
