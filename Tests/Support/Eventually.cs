using System.Diagnostics;

namespace ClassifierFunctions.Tests.Support;

/// <summary>Waits for what another process does, no longer than it takes.</summary>
internal static class Eventually
{
    private const int PollMilliseconds = 50;

    /// <summary>Asks until the answer is not null.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> ask, TimeSpan timeout, string what)
        where T : class
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await ask() is { } answer)
                return answer;
            if (Stopwatch.GetElapsedTime(started) > timeout)
                throw new TimeoutException($"{what} did not happen within {timeout.TotalSeconds:0} s.");
            await Task.Delay(PollMilliseconds);
        }
    }

    public static Task HoldsAsync(Func<Task<bool>> condition, TimeSpan timeout, string what)
        => GetAsync(async () => await condition() ? "" : null, timeout, what);
}
