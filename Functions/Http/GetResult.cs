using ClassifierFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ClassifierFunctions.Functions.Http;

/// <summary>Gives the result of an upload, or says that it is on its way.</summary>
public sealed class GetResult(ResultsEndpoint endpoint)
{
    [Function(nameof(GetResult))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, Route = "api/results/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
        => ApiEndpoint.HandleAsync(request, HttpMethods.Get, cancellation => endpoint.GetAsync(request, id, cancellation), cancellationToken);
}
