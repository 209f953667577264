using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>What the app's process exports.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed class TelemetryTests : IDisposable
{
    private const string Secret = "s3cr3t-value";
    private const string InstrumentationKey = "11111111-2222-4333-8444-555555555555";

    private static readonly string[] Intervals = ["OTEL_METRIC_EXPORT_INTERVAL", "OTEL_BSP_SCHEDULE_DELAY", "OTEL_BLRP_SCHEDULE_DELAY"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Uri Squeezenet = new("api/classify/squeezenet", UriKind.Relative);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("http/protobuf")]
    [InlineData("grpc")]
    public async Task Classify_Otlp_SendsTracesMetricsAndLogs(string protocol)
    {
        await using var collector = await TelemetryCollector.StartAsync();
        await using var app = await AppProcess.StartAsync(Otlp(protocol == "grpc" ? collector.GrpcAddress : collector.HttpAddress, protocol));
        using var response = await ClassifyAsync(app);
        var golden = GoldenPhoto.Named("dog.jpg");
        golden.AssertMatches(await response.JsonAsync());

        // :: Traces: the request's span, then the image's
        var image = await Eventually.GetAsync(() => Task.FromResult(Span(collector, "classify")), Patience, "The image's span");
        var request = await Eventually.GetAsync(() => Task.FromResult(Span(collector, "POST /api/classify/{model?}")), Patience, "The request's span");
        Assert.Equal(request.Hex(1), image.Hex(1));
        Assert.Equal(request.Hex(2), image.Hex(4));
        var tags = image.Attributes(9);
        Assert.Equal("squeezenet", tags["model"]);
        Assert.Equal("1", tags["version"]);
        Assert.Equal("succeeded", tags["outcome"]);
        Assert.All(["decode", "preprocess", "queue", "inference", "load"], stage => Assert.True((double)tags["classifier.stage." + stage] > 0));
        Assert.Equal("/api/classify/squeezenet", request.Attributes(9)["url.path"]);
        Assert.Equal(200L, request.Attributes(9)["http.response.status_code"]);

        // :: Metrics
        string[] names = ["classifier.stage.duration", "classifier.images", "classifier.process.rss", "http.server.request.duration", "dotnet.gc.collections"];
        await Eventually.HoldsAsync(
            () => Task.FromResult(names.All(name => collector.Metrics.Any(metric => metric.Text(1) == name))), Patience, "All metrics");
        var rss = collector.Metrics.Last(metric => metric.Text(1) == "classifier.process.rss").All(5, 1).Last().Number(6);
        Assert.InRange(rss, 30e6, app.Memory().Peak * 1.5);

        // :: Logs, in the trace that they belong to
        var log = await Eventually.GetAsync(
            () => Task.FromResult(collector.Logs.FirstOrDefault(log => log.All(5).Single().Text(1).StartsWith("Session created: model squeezenet", StringComparison.Ordinal))),
            Patience,
            "The log");
        Assert.Equal(image.Hex(1), log.Hex(9));
        Assert.All(collector.Resources, resource => Assert.Equal("ClassifierFunctions", resource.Attributes(1)["service.name"]));
        Assert.All(collector.Resources, resource => Assert.Equal("1.0.0", resource.Attributes(1)["service.version"]));
    }

    [Fact]
    public async Task Classify_NotAnImage_SpanHasTheError()
    {
        await using var collector = await TelemetryCollector.StartAsync();
        var settings = Otlp(collector.HttpAddress);
        settings["OTEL_SERVICE_NAME"] = "renamed";
        await using var app = await AppProcess.StartAsync(settings);
        using var response = await app.Http.PostBytesAsync("api/classify/squeezenet", (await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")))[..2000]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var image = await Eventually.GetAsync(() => Task.FromResult(Span(collector, "classify")), Patience, "The image's span");
        Assert.Equal("UndecodableImage", image.Attributes(9)["outcome"]);
        // Status: message = 2, code = 3, of which 2 is an error.
        Assert.Equal(("UndecodableImage", 2UL), (image.All(15).Single().Text(2), image.All(15).Single().Number(3)));
        Assert.All(collector.Resources, resource => Assert.Equal("renamed", resource.Attributes(1)["service.name"]));
    }

    [Fact]
    public async Task Stop_TelemetryNotSentYet_IsSentFirstAndHoldsNoSecrets()
    {
        await using var collector = await TelemetryCollector.StartAsync();
        var settings = Otlp(collector.HttpAddress);
        // Far away: only the end of the process sends.
        foreach (var interval in Intervals)
            settings[interval] = "600000";
        // Even when the console shows every request with its query.
        settings["Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics"] = "Information";
        await using var app = await AppProcess.StartAsync(settings);
        using var response = await ClassifyAsync(app, $"?code={Secret}&sig={Secret}");
        using var probe = await app.Http.GetAsync(new Uri("api/health/live", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, probe.StatusCode);
        Assert.Equal("", collector.Text);
        Assert.Equal(0, await app.StopAsync());

        Assert.Contains(Secret, app.Output, StringComparison.Ordinal);
        Assert.NotNull(Span(collector, "classify"));
        Assert.NotEmpty(collector.Metrics);
        Assert.NotEmpty(collector.Logs);
        Assert.DoesNotContain(Secret, collector.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("JFIF", collector.Text, StringComparison.Ordinal);
        Assert.Equal(["POST /api/classify/{model?}"], collector.Spans.Where(span => span.Number(6) == 2).Select(span => span.Text(5)));
    }

    [Fact]
    public async Task Classify_AzureMonitor_SendsToItsIngestion()
    {
        await using var collector = await TelemetryCollector.StartAsync();
        await using var app = await AppProcess.StartAsync(Azure(collector.HttpAddress));
        using var response = await ClassifyAsync(app, $"?code={Secret}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(0, await app.StopAsync());

        var sent = string.Join('\n', collector.Bodies("/v2.1/track").Select(System.Text.Encoding.UTF8.GetString));
        Assert.Contains(InstrumentationKey, sent, StringComparison.Ordinal);
        Assert.Contains("\"baseType\":\"RequestData\"", sent, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"classify\"", sent, StringComparison.Ordinal);
        Assert.Contains("classifier.stage.inference", sent, StringComparison.Ordinal);
        Assert.Contains("classifier.images", sent, StringComparison.Ordinal);
        Assert.Contains("Session created: model squeezenet", sent, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Classify_BothDestinations_SendsToBoth()
    {
        await using var collector = await TelemetryCollector.StartAsync();
        var settings = Azure(collector.HttpAddress);
        foreach (var (name, value) in Otlp(collector.HttpAddress))
            settings[name] = value;
        await using var app = await AppProcess.StartAsync(settings);
        using var response = await ClassifyAsync(app);
        Assert.Equal(0, await app.StopAsync());

        Assert.NotNull(Span(collector, "classify"));
        Assert.NotEmpty(collector.Bodies("/v2.1/track"));
    }

    [Fact]
    public async Task Classify_DestinationInLocalSettings_SendsThere()
    {
        await using var collector = await TelemetryCollector.StartAsync();
        File.Copy(Path.Combine(Repository.Root, "host.json"), Path.Combine(_folder.Path, "host.json"));
        _folder.Write("local.settings.json", JsonSerializer.Serialize(new { Values = Otlp(collector.HttpAddress) }));
        await using var app = await AppProcess.StartAsync([], _folder.Path);
        using var response = await ClassifyAsync(app);
        Assert.Equal(0, await app.StopAsync());

        Assert.NotNull(Span(collector, "classify"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Classify_DeadEndpoint_IsNeitherSlowedNorFailed(bool accepts)
    {
        // Nobody listens, or somebody who never answers.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://{listener.LocalEndpoint}";
        if (!accepts)
            listener.Stop();
        var settings = Otlp(address);
        foreach (var (name, value) in Azure(address))
            settings[name] = value;
        await using var app = await AppProcess.StartAsync(settings);
        using var first = await ClassifyAsync(app);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 20; i++)
        {
            using var response = await ClassifyAsync(app);
            GoldenPhoto.Named("dog.jpg").AssertMatches(await response.JsonAsync());
        }

        // Far below the exporters' timeout of 10 s, of which each request would wait for one.
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 20);
        Assert.Equal(0, await app.StopAsync());
    }

    [Fact]
    public async Task Start_NoDestination_LoadsNoOpenTelemetry()
    {
        await using var collector = await TelemetryCollector.StartAsync();
        await using var with = await AppProcess.StartAsync(Otlp(collector.HttpAddress));
        Assert.Contains(with.LoadedFiles(), IsTelemetry);
        await using var without = await AppProcess.StartAsync(Settings());
        using var response = await ClassifyAsync(without);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain(without.LoadedFiles(), IsTelemetry);

        static bool IsTelemetry(string file) => Path.GetFileName(file).Contains("OpenTelemetry", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4317", "OTEL_EXPORTER_OTLP_ENDPOINT is not an address")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "s3cr3t-value", "OTEL_EXPORTER_OTLP_ENDPOINT is not an address")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "s3cr3t-value", "APPLICATIONINSIGHTS_CONNECTION_STRING is not a connection string")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=s3cr3t-value", "APPLICATIONINSIGHTS_CONNECTION_STRING is not a connection string")]
    public async Task Start_InvalidDestination_StopsWithOneClearLine(string name, string value, string expected)
    {
        var settings = Settings();
        settings[name] = value;
        var (exitCode, output) = await AppProcess.RunToEndAsync(settings, "--port", "0");

        Assert.Equal(1, exitCode);
        var error = Assert.Single(output.Split('\n'), line => line.StartsWith("Cannot start: ", StringComparison.Ordinal));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, output, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Settings() => new() { ["Models__Path"] = TestData.Folder, ["AzureWebJobsStorage"] = "" };

    private static Dictionary<string, string> Otlp(string address, string protocol = "http/protobuf")
    {
        var settings = Settings();
        (settings["OTEL_EXPORTER_OTLP_ENDPOINT"], settings["OTEL_EXPORTER_OTLP_PROTOCOL"]) = (address, protocol);
        foreach (var interval in Intervals)
            settings[interval] = "200";
        return settings;
    }

    private Dictionary<string, string> Azure(string address)
    {
        var settings = Settings();
        settings["APPLICATIONINSIGHTS_CONNECTION_STRING"] = string.Create(
            CultureInfo.InvariantCulture, $"InstrumentationKey={InstrumentationKey};IngestionEndpoint={address}/");
        // Where it keeps what it could not send; each test its own, or it would send what others left there.
        settings["TMPDIR"] = _folder.Path;
        // What the exporter tells Microsoft about itself.
        settings["APPLICATIONINSIGHTS_STATSBEAT_DISABLED"] = "true";
        settings["APPLICATIONINSIGHTS_SDKSTATS_DISABLED"] = "true";
        return settings;
    }

    private static async Task<HttpResponseMessage> ClassifyAsync(AppProcess app, string query = "")
        => await app.Http.PostBytesAsync(Squeezenet + query, await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")));

    private static ProtobufMessage? Span(TelemetryCollector collector, string name) => collector.Spans.FirstOrDefault(span => span.Text(5) == name);
}
