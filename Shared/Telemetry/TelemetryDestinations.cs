using System.Data.Common;
using ClassifierFunctions.Configuration;
using Microsoft.Extensions.Configuration;

namespace ClassifierFunctions.Telemetry;

/// <summary>Where telemetry goes, by the settings that the OpenTelemetry specification and Application Insights name.</summary>
/// <param name="Otlp">True when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; the exporter reads it, and its other settings, itself.</param>
/// <param name="AzureMonitor">Connection string; null without <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c>.</param>
internal sealed record TelemetryDestinations(bool Otlp, string? AzureMonitor)
{
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string OtlpProtocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    public const string ConnectionString = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <exception cref="StartupException">A value that the exporters would ignore or fail on.</exception>
    public static TelemetryDestinations Read(IConfiguration configuration)
    {
        var (endpoint, protocol, connection) = (configuration[OtlpEndpoint], configuration[OtlpProtocol], configuration[ConnectionString]);
        if (!string.IsNullOrEmpty(endpoint))
        {
            // Not shown: an address may hold a password.
            if (!IsHttp(endpoint))
                throw new StartupException($"{OtlpEndpoint} is not an address such as http://localhost:4317.");
            if (protocol is not (null or "" or "grpc" or "http/protobuf"))
                throw new StartupException($"{OtlpProtocol} is '{protocol}': use grpc or http/protobuf.");
        }

        if (!string.IsNullOrEmpty(connection) && !IsConnectionString(connection))
            throw new StartupException($"{ConnectionString} is not a connection string of Application Insights: InstrumentationKey=<GUID>;IngestionEndpoint=https://…");
        return new TelemetryDestinations(!string.IsNullOrEmpty(endpoint), string.IsNullOrEmpty(connection) ? null : connection);
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = text };
            return parts.TryGetValue("InstrumentationKey", out var key) && Guid.TryParse((string)key, out _)
                && (!parts.TryGetValue("IngestionEndpoint", out var endpoint) || IsHttp((string)endpoint));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsHttp(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
