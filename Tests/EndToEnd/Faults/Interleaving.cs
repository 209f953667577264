using System.Threading.Channels;
using Azure.Core;

namespace ClassifierFunctions.Tests.EndToEnd.Faults;

/// <summary>
/// Runs actors such that only one of them moves at a time, from one request to the storage to its next; a seed decides who. So a race is the same
/// race each time.
/// </summary>
internal sealed class Interleaving(Random random)
{
    private readonly AsyncLocal<Actor?> _current = new();
    private readonly Channel<Actor> _stopped = Channel.CreateUnbounded<Actor>();

    /// <summary>An interception that makes whoever sends wait for its turn.</summary>
    public async ValueTask InterceptAsync(HttpMessage message, Func<ValueTask> send)
    {
        await TurnAsync();
        await send();
    }

    /// <summary>Waits for the turn of the actor that calls it.</summary>
    public Task TurnAsync() => _current.Value is { } actor ? actor.WaitAsync(_stopped.Writer) : Task.CompletedTask;

    public async Task RunAsync(params IEnumerable<Func<Task>> bodies)
    {
        var actors = bodies.Select((body, index) => (body, actor: new Actor(index))).ToArray();
        var all = Task.WhenAll(actors.Select(pair => Task.Run(() => ActAsync(pair.actor, pair.body))));
        var waiting = new SortedList<int, Actor>();
        for (var moving = actors.Length; ; moving = 1)
        {
            for (; moving > 0; moving--)
            {
                var stopped = await _stopped.Reader.ReadAsync();
                if (!stopped.IsDone)
                    waiting.Add(stopped.Index, stopped);
            }

            if (waiting.Count == 0)
                break;
            var next = waiting.Values[random.Next(waiting.Count)];
            waiting.Remove(next.Index);
            next.Go();
        }

        await all;
    }

    private async Task ActAsync(Actor actor, Func<Task> body)
    {
        _current.Value = actor;
        try
        {
            await body();
        }
        finally
        {
            actor.IsDone = true;
            _stopped.Writer.TryWrite(actor);
        }
    }

    private sealed class Actor(int index)
    {
        private TaskCompletionSource _turn = new();

        public int Index { get; } = index;

        public bool IsDone { get; set; }

        public Task WaitAsync(ChannelWriter<Actor> stopped)
        {
            var turn = _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            stopped.TryWrite(this);
            return turn.Task;
        }

        public void Go() => _turn.SetResult();
    }
}
