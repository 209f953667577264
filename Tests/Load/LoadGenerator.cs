using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ClassifierFunctions.Tests.Load;

/// <summary>Asks a server from many connections at once, each on a thread of its own: a thread that waits in the kernel costs the server no time.</summary>
internal sealed class LoadGenerator(Uri server, IReadOnlyList<LoadRequest> requests, LoadCheck check)
{
    private const int StackBytes = 256 << 10;
    private const int MaxFailuresInARow = 10;

    private long _answered;
    private string? _firstProblem;

    /// <summary>Requests answered so far, by all runs.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <param name="connections">How many requests can be under way at once.</param>
    /// <param name="schedule">When they are sent, and when to stop. The requests are taken in turn.</param>
    public Task<LoadResult> RunAsync(int connections, LoadSchedule schedule)
    {
        var endPoint = new IPEndPoint(IPAddress.Parse(server.Host), server.Port);
        var samples = new List<LoadSample>[connections];
        var done = new TaskCompletionSource<LoadResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = connections;
        var start = Stopwatch.GetTimestamp();
        schedule.Begin();
        for (var i = 0; i < connections; i++)
        {
            var own = samples[i] = new List<LoadSample>(1024);
            new Thread(Client, StackBytes) { IsBackground = true, Name = "load" }.Start();

            void Client()
            {
                try
                {
                    Ask(endPoint, schedule, own);
                }
                catch (Exception failure)
                {
                    done.TrySetException(failure);
                }

                if (Interlocked.Decrement(ref running) == 0)
                    done.TrySetResult(new LoadResult([.. samples.SelectMany(list => list)], Stopwatch.GetElapsedTime(start), _firstProblem));
            }
        }

        return done.Task;
    }

    private void Ask(IPEndPoint endPoint, LoadSchedule schedule, List<LoadSample> samples)
    {
        using var connection = new LoadConnection(endPoint);
        for (var failures = 0; failures < MaxFailuresInARow && schedule.TryNext(out var number, out var due);)
        {
            var request = (int)(number % requests.Count);
            var started = Stopwatch.GetTimestamp();
            try
            {
                var answer = connection.Ask(requests[request]);
                var ended = Stopwatch.GetTimestamp();
                var verdict = check(request, answer);
                samples.Add(new LoadSample(due, started, ended, (short)answer.Status, verdict));
                if (!verdict.IsRight)
                    Note($"{requests[request].Name}: {answer.Status} {Encoding.UTF8.GetString(answer.Body)}");
                Interlocked.Increment(ref _answered);
                failures = 0;
            }
            catch (Exception failure) when (failure is SocketException or InvalidDataException)
            {
                samples.Add(new LoadSample(due, started, Stopwatch.GetTimestamp(), 0, false));
                Note($"{requests[request].Name}: {failure.Message}");
                failures++;
            }
        }
    }

    private void Note(string problem) => Interlocked.CompareExchange(ref _firstProblem, problem, null);
}
