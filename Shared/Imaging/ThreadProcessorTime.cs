using System.Runtime.InteropServices;

namespace ClassifierFunctions.Imaging;

/// <summary>
/// Processor time of the current thread. A limit on it holds whatever else the machine does, where elapsed time would refuse good images under load.
/// </summary>
internal static partial class ThreadProcessorTime
{
    // CLOCK_THREAD_CPUTIME_ID of time.h.
    private static readonly int ThreadClock = OperatingSystem.IsMacOS() ? 16 : 3;

    public static TimeSpan Now()
    {
        if (OperatingSystem.IsWindows())
        {
            return GetThreadTimes(GetCurrentThread(), out _, out _, out var kernel, out var user)
                ? TimeSpan.FromTicks(kernel + user)
                : throw new InvalidOperationException("The thread's processor time cannot be read.");
        }

        return ClockGetTime(ThreadClock, out var time) == 0
            ? TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick))
            : throw new InvalidOperationException("The thread's processor time cannot be read.");
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out Timespec time);

    [LibraryImport("kernel32")]
    private static partial nint GetCurrentThread();

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetThreadTimes(nint thread, out long creation, out long exit, out long kernel, out long user);

    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
