using ClassifierFunctions.Configuration;
using Microsoft.Azure.Functions.Worker.Builder;

return await ClassifierApplication.RunAsync(() =>
{
    // The same lines in both hosts: the official worker's builder, or EmbeddedHost's of the same name.
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();

    // The engine: models, inference, results, HTTP.
    builder.Services.AddClassifier();
    return builder.Build();
});
