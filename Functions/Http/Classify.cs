using ClassifierFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ClassifierFunctions.Functions.Http;

/// <summary>Classifies the images in the request's body.</summary>
public sealed class Classify(ClassifyEndpoint endpoint)
{
    // Not a parameter: where the route has no model, the Functions host would bind one from the query or from the JSON body.
    [Function(nameof(Classify))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, Route = "api/classify/{model?}")] HttpRequest request, CancellationToken cancellationToken)
        => ApiEndpoint.HandleAsync(
            request, HttpMethods.Post, cancellation => endpoint.ClassifyAsync(request, request.RouteValues["model"] as string, cancellation), cancellationToken);
}
