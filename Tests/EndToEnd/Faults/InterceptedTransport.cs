using Azure.Core;
using Azure.Core.Pipeline;

namespace ClassifierFunctions.Tests.EndToEnd.Faults;

/// <summary>Decides about a request to the storage: calls <paramref name="send"/>, or not, and what becomes of the answer.</summary>
internal delegate ValueTask Interception(HttpMessage message, Func<ValueTask> send);

/// <summary>The network of a storage client, below its retries, in a test's hands.</summary>
internal sealed class InterceptedTransport(Interception intercept) : HttpPipelineTransport
{
    public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

    public override ValueTask ProcessAsync(HttpMessage message) => intercept(message, () => HttpClientTransport.Shared.ProcessAsync(message));

    public override void Process(HttpMessage message) => throw new NotSupportedException("Nobody here blocks.");
}
