using ClassifierFunctions.Configuration;
using ClassifierFunctions.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClassifierFunctions.Tests.Unit.Telemetry;

public sealed class TelemetryServicesTests
{
    private const string Key = "11111111-2222-4333-8444-555555555555";

    [Fact]
    public void AddTelemetry_NoDestination_AddsNothing()
        => Assert.Empty(new ServiceCollection().AddTelemetry(Configuration("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")));

    [Theory]
    [InlineData("http://localhost:4317")]
    [InlineData("https://collector.example/otlp")]
    public void Read_OtlpEndpoint_IsTaken(string endpoint)
        => Assert.Equal(new TelemetryDestinations(true, null), TelemetryDestinations.Read(Configuration("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)));

    [Theory]
    [InlineData($"InstrumentationKey={Key}")]
    [InlineData($"InstrumentationKey={Key};IngestionEndpoint=https://westeurope-5.in.applicationinsights.azure.com/;LiveEndpoint=https://westeurope.livediagnostics.monitor.azure.com/;ApplicationId={Key}")]
    public void Read_ConnectionString_IsTaken(string connection)
        => Assert.Equal(new TelemetryDestinations(false, connection), TelemetryDestinations.Read(Configuration("APPLICATIONINSIGHTS_CONNECTION_STRING", connection)));

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING")]
    public void Read_Empty_IsNone(string setting)
        => Assert.Equal(new TelemetryDestinations(false, null), TelemetryDestinations.Read(Configuration(setting, "")));

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "ftp://collector")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "collector")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", ";")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "IngestionEndpoint=https://collector/")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=;IngestionEndpoint=https://collector/")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=collector")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", $"InstrumentationKey={Key};IngestionEndpoint=collector")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", $"InstrumentationKey={Key};;=collector")]
    public void Read_Malformed_ThrowsWithoutTheValue(string setting, string value)
    {
        var failure = Assert.Throws<StartupException>(() => TelemetryDestinations.Read(Configuration(setting, value)));

        Assert.StartsWith(setting, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("collector", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnknownProtocol_Throws()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:4317",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/json",
        }).Build();

        Assert.Contains("OTEL_EXPORTER_OTLP_PROTOCOL is 'http/json'", Assert.Throws<StartupException>(() => TelemetryDestinations.Read(configuration)).Message, StringComparison.Ordinal);
    }

    private static IConfiguration Configuration(string setting, string value)
        => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [setting] = value }).Build();
}
