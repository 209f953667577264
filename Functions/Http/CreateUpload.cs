using ClassifierFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ClassifierFunctions.Functions.Http;

/// <summary>Gives an address to upload an image to, and the one where its result will be.</summary>
public sealed class CreateUpload(UploadsEndpoint endpoint)
{
    [Function(nameof(CreateUpload))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, Route = "api/uploads")] HttpRequest request, CancellationToken cancellationToken)
        => ApiEndpoint.HandleAsync(request, HttpMethods.Post, cancellation => endpoint.CreateAsync(request, cancellation), cancellationToken);
}
