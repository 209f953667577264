using ClassifierFunctions.EmbeddedHost.Triggers;
using ClassifierFunctions.Tests.Support;
using Microsoft.Extensions.Logging;

namespace ClassifierFunctions.Tests.Unit.EmbeddedHost;

public sealed class StorageHealthTests
{
    private static readonly object Scanner = new();
    private static readonly object Listener = new();

    private readonly RecordedLog _log = new();
    private readonly StorageHealth _health;

    public StorageHealthTests() => _health = new StorageHealth(new Logger<StorageHealth>(new LoggerFactory([_log])));

    [Fact]
    public void Down_SeveralLoopsOften_IsSaidOnceAndSoIsTheLastOnesRecovery()
    {
        for (var i = 0; i < 3; i++)
        {
            _health.Down(Scanner, new IOException("no route"));
            _health.Down(Listener, new AggregateException(new IOException("refused")));
        }

        _health.Up(Scanner);
        Assert.Equal(["no route"], Said("cannot be reached"));
        Assert.Empty(Said("can be reached again"));
        _health.Up(Listener);
        _health.Up(Listener);
        Assert.Single(Said("can be reached again"));
    }

    [Fact]
    public void Up_OfALoopThatWorks_DoesNotHideTheTroubleOfAnother()
    {
        for (var i = 0; i < 3; i++)
        {
            _health.Down(Scanner, new IOException("500"));
            _health.Up(Listener);
        }

        Assert.Single(Said("cannot be reached"));
        Assert.Empty(Said("can be reached again"));
    }

    [Fact]
    public void Down_EmulatorIsStarting_IsNoNews()
    {
        _health.IsStarting = true;
        _health.Down(Scanner, new IOException("refused"));
        _health.Up(Scanner);

        Assert.Empty(_log.Entries);
    }

    // The reason in brackets, or the whole line.
    private string[] Said(string what)
        => [.. _log.Entries.Select(entry => entry.Message).Where(line => line.Contains(what, StringComparison.Ordinal)).Select(line => line.Split('(', ')') is [_, var reason, _] ? reason : line)];
}
