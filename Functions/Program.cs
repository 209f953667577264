using ClassifierFunctions.Configuration;
using ClassifierFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker.Builder;

return await ClassifierApplication.RunAsync(() =>
{
    // The same lines in both hosts: the official worker's builder, or EmbeddedHost's of the same name.
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();

    // The engine: models, inference, results, HTTP.
    builder.Services.AddClassifier();
    // OpenTelemetry, when the settings name a destination.
    builder.Services.AddTelemetry(builder.Configuration);
    return builder.Build();
});
