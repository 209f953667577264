using ClassifierFunctions.Results;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClassifierFunctions.Http;

/// <summary>The edge of every HTTP function: what it throws becomes problem details, whichever host calls it.</summary>
public static partial class ApiEndpoint
{
    /// <param name="request">The request.</param>
    /// <param name="method">The only HTTP method of the route; for GET, HEAD too.</param>
    /// <param name="handle">Answers; its token is cancelled when the client goes away, too.</param>
    /// <param name="hostStopping">Cancelled when the host gives up waiting for requests.</param>
    public static async Task<IResult> HandleAsync(
        HttpRequest request, string method, Func<CancellationToken, Task<IResult>> handle, CancellationToken hostStopping)
    {
        var context = request.HttpContext;
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, hostStopping);
        try
        {
            ThrowIfOtherMethod(request, method);
            return await handle(cancellation.Token).ConfigureAwait(false);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer, and an aborted response must not be touched.
            return TypedResults.Empty;
        }
        catch (ClassifierException failure)
        {
            return ApiResult.Problem(context, failure);
        }
        catch (BadHttpRequestException bad)
        {
            return ApiResult.Problem(context, bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? Problem.From(ImageRequestReader.TooManyRequestBytes())
                : Problem.From(ClassifierError.InvalidRequest, "The request could not be read to its end."));
        }
        catch (OperationCanceledException) when (hostStopping.IsCancellationRequested)
        {
            return ApiResult.Problem(context, Problem.From(ClassifierError.Overloaded, "The service is stopping. Try again in a moment."));
        }
        catch (Exception failure)
        {
            Log.Failed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApiEndpoint).FullName!), failure, request.Path);
            return ApiResult.Problem(context, Problem.From(ClassifierError.Internal, "The app's log says what happened. Try again later."));
        }
    }

    // Routes take every method, so that the answer to a wrong one is this in both hosts; the Functions host's own would be an empty 404.
    private static void ThrowIfOtherMethod(HttpRequest request, string method)
    {
        if (HttpMethods.Equals(request.Method, method) || (HttpMethods.IsGet(method) && HttpMethods.IsHead(request.Method)))
            return;
        var allowed = HttpMethods.IsGet(method) ? "GET, HEAD" : method;
        request.HttpContext.Response.Headers.Allow = allowed;
        throw new ClassifierException(ClassifierError.MethodNotAllowed, $"{request.Path} answers {allowed}, not {request.Method}.");
    }

    private static partial class Log
    {
        [LoggerMessage(30, LogLevel.Error, "Request to {Path} failed")]
        public static partial void Failed(ILogger logger, Exception failure, string path);
    }
}
