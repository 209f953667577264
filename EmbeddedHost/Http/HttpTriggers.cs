using ClassifierFunctions.EmbeddedHost.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ClassifierFunctions.EmbeddedHost.Http;

/// <summary>Maps HTTP-triggered functions to routes.</summary>
internal static class HttpTriggers
{
    public static void MapHttpTriggers(this WebApplication app, IReadOnlyList<FunctionDescriptor> functions, string routePrefix)
    {
        // Unknown routes and whatever a function failed to catch: problem details, too.
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        // Answers preflights itself, so that functions see only the requests that follow.
        app.UseCors();
        foreach (var function in functions)
        {
            if (function.Trigger is not HttpTriggerAttribute http)
                continue;
            var invoker = new FunctionInvoker(function);
            var route = Route(function, http, routePrefix);
            var endpoint = http.Methods.Length == 0
                ? app.Map(route, context => InvokeAsync(invoker, context))
                : app.MapMethods(route, http.Methods, context => InvokeAsync(invoker, context));
            endpoint.WithDisplayName(function.Name);
        }
    }

    /// <summary>A function's route template: the prefix, then its own route or else its name.</summary>
    public static string Route(FunctionDescriptor function, HttpTriggerAttribute http, string routePrefix)
        => string.Join('/', ["", .. new[] { routePrefix, (http.Route ?? function.Name).Trim('/') }.Where(part => part.Length > 0)]);

    private static async Task InvokeAsync(FunctionInvoker invoker, HttpContext context)
    {
        var bindingData = context.Request.RouteValues.ToDictionary(value => value.Key, value => value.Value?.ToString(), StringComparer.OrdinalIgnoreCase);
        var result = await invoker.InvokeAsync(context.RequestServices, context.Request, bindingData, context.RequestAborted).ConfigureAwait(false);
        if (result is IResult answer && !context.RequestAborted.IsCancellationRequested)
            await answer.ExecuteAsync(context).ConfigureAwait(false);
    }
}
