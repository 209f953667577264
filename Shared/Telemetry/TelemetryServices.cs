using System.Reflection;
using System.Runtime.CompilerServices;
using Azure.Monitor.OpenTelemetry.Exporter;
using ClassifierFunctions.Configuration;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ClassifierFunctions.Telemetry;

/// <summary>Sends traces, metrics and logs to where the settings say; see <see cref="TelemetryDestinations"/>.</summary>
public static class TelemetryServices
{
    /// <summary>Adds nothing at all when the settings name no destination.</summary>
    /// <exception cref="StartupException">A setting is malformed; its value is not shown.</exception>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var destinations = TelemetryDestinations.Read(configuration);
        if (destinations.Otlp || destinations.AzureMonitor is not null)
            services.AddExport(destinations);
        return services;
    }

    // A method of its own: without destinations, its assemblies are not even loaded.
    private static void AddExport(this IServiceCollection services, TelemetryDestinations destinations)
    {
        // The gauges exist from the start, not from the first image.
        RuntimeHelpers.RunClassConstructor(typeof(ClassifierTelemetry).TypeHandle);
        // ASP.NET Core leaves its request activity bare, for instrumentation packages to fill, unless told otherwise. It never has the query.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        services.AddTransient<IStartupFilter, RequestActivity>();
        // Lines about requests have the query, and in Azure that may have the key: ?code=….
        services.AddLogging(logging => logging
            .AddFilter<OpenTelemetryLoggerProvider>("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter<OpenTelemetryLoggerProvider>("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));

        var telemetry = services.AddOpenTelemetry()
            // The environment second: OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
            .ConfigureResource(resource => resource.AddService(ClassifierTelemetry.Name, serviceVersion: Version()).AddEnvironmentVariableDetector())
            .WithTracing(tracing => tracing
                // ASP.NET Core's span of the request, or the worker's of the invocation in Azure, is the parent of ours.
                .AddSource(ClassifierTelemetry.Name, "Microsoft.AspNetCore", "Microsoft.Azure.Functions.Worker"))
            .WithMetrics(metrics => metrics.AddMeter(ClassifierTelemetry.Name, "Microsoft.AspNetCore.Hosting", "System.Runtime"))
            .WithLogging(null, logging => logging.IncludeFormattedMessage = true);
        if (destinations.Otlp)
            telemetry.UseOtlpExporter();
        if (destinations.AzureMonitor is { } connectionString)
            telemetry.UseAzureMonitor(connectionString);
    }

    private static void UseAzureMonitor(this IOpenTelemetryBuilder telemetry, string connectionString)
    {
        telemetry
            // Not AddAzureMonitorTraceExporter, which brings a sampler that takes five traces a second for all destinations, whatever OTEL_TRACES_SAMPLER
            // and the caller's traceparent say.
            .WithTracing(tracing => tracing.AddProcessor(_ => new BatchActivityExportProcessor(
                new AzureMonitorTraceExporter(new AzureMonitorExporterOptions { ConnectionString = connectionString }))))
            .WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter(Connect))
            .WithLogging(logging => logging.AddAzureMonitorLogExporter(Connect));

        void Connect(AzureMonitorExporterOptions options) => options.ConnectionString = connectionString;
    }

    // Without the commit that the compiler puts behind a plus.
    private static string? Version()
        => typeof(TelemetryServices).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
}
