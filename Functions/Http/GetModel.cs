using ClassifierFunctions.Http;
using ClassifierFunctions.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ClassifierFunctions.Functions.Http;

/// <summary>Describes one model of the catalogue.</summary>
public sealed class GetModel(ModelCatalog catalog)
{
    [Function(nameof(GetModel))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, Route = "api/models/{model}")] HttpRequest request, string model, CancellationToken cancellationToken)
        => ApiEndpoint.HandleAsync(request, HttpMethods.Get, _ => Task.FromResult(ApiResult.Ok(catalog.Describe(model))), cancellationToken);
}
