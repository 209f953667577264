using ClassifierFunctions.Http;
using ClassifierFunctions.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ClassifierFunctions.Functions.Http;

/// <summary>Lists the catalogue.</summary>
public sealed class ListModels(ModelCatalog catalog)
{
    [Function(nameof(ListModels))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, Route = "api/models")] HttpRequest request, CancellationToken cancellationToken)
        => ApiEndpoint.HandleAsync(request, HttpMethods.Get, _ => Task.FromResult(ApiResult.Ok(catalog.List())), cancellationToken);
}
