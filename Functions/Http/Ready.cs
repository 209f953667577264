using ClassifierFunctions.Http;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Results;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ClassifierFunctions.Functions.Http;

/// <summary>Says whether requests can be served.</summary>
public sealed class Ready(Readiness readiness)
{
    [Function(nameof(Ready))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/health/ready")] HttpRequest request, CancellationToken cancellationToken)
        => ApiEndpoint.HandleAsync(request, HttpMethods.Get, _ => Task.FromResult(State()), cancellationToken);

    private IResult State()
    {
        readiness.ThrowIfNotReady();
        return ApiResult.Ok(new HealthStatus("ready"));
    }
}
