using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using Microsoft.AspNetCore.Http;

namespace ClassifierFunctions.Http;

/// <summary>The HTTP answers of the app.</summary>
public static class ApiResult
{
    // Overload, and the wait for a result, is a matter of one image's time.
    private const int RetryAfterSeconds = 1;

    public static IResult Ok(ClassificationResult result) => Json(result, ClassifierJson.Types.ClassificationResult);

    public static IResult Ok(BatchResult result) => Json(result, ClassifierJson.Types.BatchResult);

    public static IResult Ok(ModelList models) => Json(models, ClassifierJson.Types.ModelList);

    public static IResult Ok(ModelEntry model) => Json(model, ClassifierJson.Types.ModelEntry);

    public static IResult Ok(HealthStatus health) => Json(health, ClassifierJson.Types.HealthStatus);

    internal static IResult Created(HttpContext context, UploadCreated upload)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(upload, ClassifierJson.Types.UploadCreated, statusCode: StatusCodes.Status201Created);
    }

    internal static IResult Accepted(HttpContext context, PendingResult pending)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Json(pending, ClassifierJson.Types.PendingResult, statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>A stored JSON document, byte for byte.</summary>
    internal static IResult Document(BinaryData json) => TypedResults.Bytes(json.ToMemory(), "application/json");

    public static IResult Problem(HttpContext context, ClassifierException failure) => Problem(context, Results.Problem.From(failure), failure.RetryAfter);

    public static IResult Problem(HttpContext context, Problem problem, TimeSpan? retryAfter = null)
    {
        if (problem.Status is StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = Math.Ceiling(Math.Max(retryAfter?.TotalSeconds ?? 0, RetryAfterSeconds)).ToString(CultureInfo.InvariantCulture);
        return TypedResults.Json(problem, ClassifierJson.Types.Problem, Results.Problem.ContentType, problem.Status);
    }

    private static IResult Json<T>(T value, JsonTypeInfo<T> type) => TypedResults.Json(value, type);
}
