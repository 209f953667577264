using ClassifierFunctions.Http;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ClassifierFunctions.Functions.Http;

/// <summary>Says whether requests can be served: at least one model is usable.</summary>
public sealed class Ready(ModelCatalog catalog)
{
    [Function(nameof(Ready))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/health/ready")] HttpRequest request, CancellationToken cancellationToken)
        => ApiEndpoint.HandleAsync(request, HttpMethods.Get, _ => Task.FromResult(State()), cancellationToken);

    private IResult State()
        => catalog.HasUsableModel
            ? ApiResult.Ok(new HealthStatus("ready"))
            : throw new ClassifierException(ClassifierError.ModelUnavailable, "No model can be served; /api/models says why.");
}
