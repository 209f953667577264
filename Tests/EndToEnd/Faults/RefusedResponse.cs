using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace ClassifierFunctions.Tests.EndToEnd.Faults;

/// <summary>503 of an overloaded storage, without a body.</summary>
internal sealed class RefusedResponse(string clientRequestId) : Response
{
    public override int Status => 503;

    public override string ReasonPhrase => "Server Busy";

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = clientRequestId;

    public override void Dispose()
    {
    }

    protected override bool ContainsHeader(string name) => false;

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = null;
        return false;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = null;
        return false;
    }
}
