using ClassifierFunctions.Http;
using ClassifierFunctions.Results;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ClassifierFunctions.Functions.Http;

/// <summary>Says that the process runs.</summary>
public sealed class Live
{
    [Function(nameof(Live))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/health/live")] HttpRequest request, CancellationToken cancellationToken)
        => ApiEndpoint.HandleAsync(request, HttpMethods.Get, _ => Task.FromResult(ApiResult.Ok(new HealthStatus("live"))), cancellationToken);
}
