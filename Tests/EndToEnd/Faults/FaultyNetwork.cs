using Azure;
using Azure.Core;

namespace ClassifierFunctions.Tests.EndToEnd.Faults;

/// <summary>Loses requests, answers and parts of answers, or has the storage refuse them, at random.</summary>
/// <param name="random">Decides whether and how.</param>
/// <param name="rate">Share of the requests that suffer.</param>
internal sealed class FaultyNetwork(Random random, double rate)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<Fault, int> _counts = [];

    private enum Fault
    {
        NotConnected,
        Refused,
        AnswerLost,
        TimedOut,
        DoneButRefused,
        BodyBroken,
        BodyShort,
    }

    /// <summary>How often each fault happened.</summary>
    public string Counts
    {
        get
        {
            lock (_lock)
                return string.Join(", ", _counts.Select(pair => $"{pair.Key} {pair.Value}"));
        }
    }

    public async ValueTask InterceptAsync(HttpMessage message, Func<ValueTask> send)
    {
        var fault = Next(message);
        if (fault is Fault.NotConnected)
            throw Lost("Connection refused");
        if (fault is Fault.Refused)
        {
            message.Response = new RefusedResponse(message.Request.ClientRequestId);
            return;
        }

        await send();
        switch (fault)
        {
            case Fault.AnswerLost:
                message.Response.Dispose();
                throw Lost("Connection reset");
            case Fault.TimedOut:
                message.Response.Dispose();
                throw new TaskCanceledException("The operation was cancelled because it exceeded the configured timeout.");
            case Fault.DoneButRefused:
                message.Response.Dispose();
                message.Response = new RefusedResponse(message.Request.ClientRequestId);
                break;
            case Fault.BodyBroken or Fault.BodyShort when message.Response is { ContentStream: { } body, Headers.ContentLength: > 0 and var length }:
                message.Response.ContentStream = new CutStream(body, length / 2, isSilent: fault is Fault.BodyShort);
                break;
        }
    }

    private static RequestFailedException Lost(string message) => new(0, message, new IOException(message));

    private Fault? Next(HttpMessage message)
    {
        lock (_lock)
        {
            if (random.NextDouble() >= rate)
                return null;
            // Only what is downloaded has a body worth breaking.
            var fault = (Fault)random.Next(message.Request.Method == RequestMethod.Get ? 7 : 5);
            _counts[fault] = _counts.GetValueOrDefault(fault) + 1;
            return fault;
        }
    }
}
