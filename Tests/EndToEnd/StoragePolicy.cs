using System.Collections.Concurrent;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>Sees the requests to the storage, and lets some fail.</summary>
internal sealed class StoragePolicy : HttpPipelinePolicy
{
    /// <summary>Method and container of each.</summary>
    public ConcurrentQueue<string> Seen { get; } = [];

    /// <summary>The status and code that a request fails with, before it is sent; null lets it pass.</summary>
    public Func<Request, (int Status, string Code)?> Fault { get; set; } = _ => null;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        // http://127.0.0.1:<port>/<account>/<container>/...
        Seen.Enqueue($"{message.Request.Method} {message.Request.Uri.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)[1]}");
        return Fault(message.Request) is var (status, code) ? throw new RequestFailedException(status, "A fault of the test's.", code, null) : ProcessNextAsync(message, pipeline);
    }
}
