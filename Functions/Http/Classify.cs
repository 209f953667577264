using ClassifierFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ClassifierFunctions.Functions.Http;

/// <summary>Classifies the images in the request's body.</summary>
public sealed class Classify(ClassifyEndpoint endpoint)
{
    [Function(nameof(Classify))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, Route = "api/classify/{model?}")] HttpRequest request, string? model, CancellationToken cancellationToken)
        => ApiEndpoint.HandleAsync(request, HttpMethods.Post, cancellation => endpoint.ClassifyAsync(request, model, cancellation), cancellationToken);
}
