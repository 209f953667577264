using ClassifierFunctions.Http;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using ClassifierFunctions.Uploads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ClassifierFunctions.Configuration;

/// <summary>The engine as services.</summary>
public static class ClassifierServices
{
    public static IServiceCollection AddClassifier(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services.AddImaging().AddModels().AddInference().AddResults().AddUploads().AddHttp();
    }
}
