using ClassifierFunctions.EmbeddedHost.Functions;
using ClassifierFunctions.EmbeddedHost.Triggers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace ClassifierFunctions.EmbeddedHost.Http;

/// <summary>The Functions host's route that runs a function now: <c>POST /admin/functions/{name}</c>, here for timers only.</summary>
internal static class AdminRoutes
{
    public static void MapAdminRoutes(this WebApplication app, IReadOnlyList<FunctionDescriptor> functions)
    {
        var timers = app.Services.GetRequiredService<TimerTriggers>();
        app.MapPost("/admin/functions/{name}", (string name) => Run(name, functions, timers));
    }

    private static Results<Accepted, ProblemHttpResult> Run(string name, IReadOnlyList<FunctionDescriptor> functions, TimerTriggers timers)
    {
        if (functions.FirstOrDefault(function => function.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } function)
            return TypedResults.Problem($"There is no function {name}.", statusCode: StatusCodes.Status404NotFound);
        if (function.Trigger is not TimerTriggerAttribute)
        {
            var runnable = string.Join(", ", functions.Where(other => other.Trigger is TimerTriggerAttribute).Select(other => other.Name));
            return TypedResults.Problem(
                $"Function {function.Name} is not a timer function. Those that can be run like this: {(runnable.Length > 0 ? runnable : "none")}.", statusCode: StatusCodes.Status400BadRequest);
        }

        return timers.TryRequestRun(function.Name)
            ? TypedResults.Accepted((string?)null)
            : TypedResults.Problem(
                $"Function {function.Name} is off, because the app setting AzureWebJobsStorage is empty.", statusCode: StatusCodes.Status409Conflict);
    }
}
