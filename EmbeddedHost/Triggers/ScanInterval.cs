namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>
/// How long to rest after a scan. Most of what a scan costs is the emulator's work, which its duration shows: for 20,000 blobs, 1.5 s of one core.
/// </summary>
internal static class ScanInterval
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    // A blob that one scan has just missed is found at the end of the next one at the latest.
    private static readonly TimeSpan LongestSearch = TimeSpan.FromSeconds(7);

    /// <summary>Three times the scan; where that would find a blob too late, less, but never under half of it.</summary>
    public static TimeSpan PauseAfter(TimeSpan scan) => Max(Shortest, Max(scan / 2, Min(3 * scan, LongestSearch - (2 * scan))));

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
