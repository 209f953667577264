using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace ClassifierFunctions.Tests.Support;

/// <summary>Takes what OpenTelemetry exporters send, on loopback: OTLP over HTTP and gRPC, and Azure Monitor's ingestion.</summary>
internal sealed class TelemetryCollector : IAsyncDisposable
{
    // Before the message, gRPC says whether it is compressed (1 byte) and how long it is (4 bytes).
    private const int GrpcHeaderBytes = 5;

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _requests = new();

    private TelemetryCollector(WebApplication app) => _app = app;

    public string HttpAddress => _app.Urls.First();

    public string GrpcAddress => _app.Urls.Last();

    /// <summary>Everything that came, as text where it is text.</summary>
    public string Text => string.Join('\n', _requests.Select(request => System.Text.Encoding.UTF8.GetString(request.Body)));

    /// <summary>opentelemetry-proto: Span of ExportTraceServiceRequest.resource_spans.scope_spans.spans.</summary>
    public ProtobufMessage[] Spans => Otlp("trace", 1, 2, 2);

    /// <summary>opentelemetry-proto: Metric of ExportMetricsServiceRequest.resource_metrics.scope_metrics.metrics.</summary>
    public ProtobufMessage[] Metrics => Otlp("metrics", 1, 2, 2);

    /// <summary>opentelemetry-proto: LogRecord of ExportLogsServiceRequest.resource_logs.scope_logs.log_records.</summary>
    public ProtobufMessage[] Logs => Otlp("logs", 1, 2, 2);

    /// <summary>opentelemetry-proto: Resource of all three.</summary>
    public ProtobufMessage[] Resources => [.. Otlp("trace", 1, 1), .. Otlp("metrics", 1, 1), .. Otlp("logs", 1, 1)];

    public static async Task<TelemetryCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        var collector = new TelemetryCollector(builder.Build());
        collector._app.Run(collector.TakeAsync);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>Bodies of the requests to a path.</summary>
    public byte[][] Bodies(string path) => [.. _requests.Where(request => request.Path == path).Select(request => request.Body)];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private ProtobufMessage[] Otlp(string signal, params int[] path) =>
    [
        .. _requests
            .Where(request => request.Path.StartsWith($"/v1/{signal}", StringComparison.Ordinal) || request.Path.StartsWith($"/opentelemetry.proto.collector.{signal}.", StringComparison.Ordinal))
            .SelectMany(request => ProtobufMessage.Parse(request.Body).All(path)),
    ];

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        var isZipped = context.Request.Headers.ContentEncoding == "gzip";
        await using (var input = isZipped ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body)
            await input.CopyToAsync(body);
        var isGrpc = context.Request.ContentType == "application/grpc";
        _requests.Enqueue((context.Request.Path, body.ToArray()[(isGrpc ? GrpcHeaderBytes : 0)..]));

        if (isGrpc)
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[GrpcHeaderBytes]);
            context.Response.AppendTrailer("grpc-status", "0");
        }
        else if (context.Request.Path == "/v2.1/track")
        {
            var items = body.ToArray().AsSpan().Count((byte)'\n') + 1;
            await context.Response.WriteAsync($$"""{"itemsReceived":{{items}},"itemsAccepted":{{items}},"errors":[]}""");
        }
    }
}
