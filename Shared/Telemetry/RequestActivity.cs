using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace ClassifierFunctions.Telemetry;

/// <summary>
/// Completes ASP.NET Core's activity of a request with what OpenTelemetry's semantic conventions for HTTP servers ask for: a name from the route,
/// the status code, and an error from 500 on. Requests of probes, several a minute and all alike, are not recorded.
/// </summary>
internal sealed class RequestActivity : IStartupFilter
{
    private static readonly PathString Probes = new("/api/health");

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(CompleteAsync);
        next(app);
    };

    private static async Task CompleteAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } activity)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        if (context.Request.Path.StartsWithSegments(Probes, StringComparison.OrdinalIgnoreCase))
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        await next(context).ConfigureAwait(false);
        if ((context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } route)
        {
            activity.DisplayName = $"{context.Request.Method} {route}";
            activity.SetTag("http.route", route);
        }

        activity.SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            activity.SetStatus(ActivityStatusCode.Error);
    }
}
